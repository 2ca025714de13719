"""The forecast of one annual series: numbers, doubt, and what they rest on."""

from laikhe_analysis.checks import callable_module
from laikhe_analysis.forecast.chance import Probability, reach_probability
from laikhe_analysis.forecast.outside import (
    BaseRate,
    Observed,
    base_rates,
    growth_record,
    measured,
    observed_chance,
)
from laikhe_analysis.forecast.single import METHODS, Forecast, forecast

__all__ = [
    "METHODS",
    "BaseRate",
    "Forecast",
    "Observed",
    "Probability",
    "base_rates",
    "forecast",
    "growth_record",
    "measured",
    "observed_chance",
    "reach_probability",
]

callable_module(__name__)
