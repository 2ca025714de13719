"""How good forecasts would have been: rolling origins, scores with standard errors, comparisons."""

from laikhe_analysis.backtest.rolling import (
    Backtest,
    Difference,
    Score,
    backtest,
    compare,
)

__all__ = [
    "Backtest",
    "Difference",
    "Score",
    "backtest",
    "compare",
]
