"""The forecast of one annual series: numbers, doubt, and what they rest on."""

from laikhe_analysis.forecast.single import (
    METHODS,
    BaseRate,
    Forecast,
    Probability,
    base_rates,
    forecast,
    reach_probability,
)

__all__ = [
    "METHODS",
    "BaseRate",
    "Forecast",
    "Probability",
    "base_rates",
    "forecast",
    "reach_probability",
]
