"""Forecasts of many short annual series at once, each with its predictive distribution."""

from laikhe_analysis.panel.many import (
    PanelForecast,
    check_horizon,
    check_levels,
    check_reference,
    forecast_panel,
)

__all__ = [
    "PanelForecast",
    "check_horizon",
    "check_levels",
    "check_reference",
    "forecast_panel",
]
