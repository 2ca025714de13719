"""The forecast of one annual series: numbers, doubt, and what they rest on."""

from laikhe_analysis.checks import callable_module
from laikhe_analysis.forecast.chance import BaseRate, Probability, base_rates, reach_probability
from laikhe_analysis.forecast.single import METHODS, Forecast, forecast

__all__ = [
    "METHODS",
    "BaseRate",
    "Forecast",
    "Probability",
    "base_rates",
    "forecast",
    "reach_probability",
]

callable_module(__name__)
