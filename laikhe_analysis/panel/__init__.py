"""Forecasts of many short annual series at once, each with its predictive distribution."""

from laikhe_analysis.panel.many import PanelForecast, forecast_panel

__all__ = ["PanelForecast", "forecast_panel"]
