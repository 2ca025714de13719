"""How good forecasts would have been: rolling origins, scores with standard errors, comparisons."""

from laikhe_analysis.backtest.rolling import (
    Backtest,
    Difference,
    Score,
    backtest,
    compare,
)
from laikhe_analysis.checks import callable_module

__all__ = [
    "Backtest",
    "Difference",
    "Score",
    "backtest",
    "compare",
]

callable_module(__name__)
