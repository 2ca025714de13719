"""Forecasts of other libraries, asked for by `accuracy.py` and `speed.py` in another environment.

Reads {"rows": [[...], ...], "horizon": h} and writes points and quantiles by peer. It imports
nothing of this package: the peers' requirements do not fit beside ours.
"""

from __future__ import annotations

import json
import sys
import time
import warnings


def main() -> None:
    """Answer one request; with "time" in it, the seconds of the second of two runs instead."""
    import numpy as np
    import pandas as pd
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, DynamicOptimizedTheta, Naive, Theta

    warnings.simplefilter("ignore")
    request = json.load(sys.stdin)
    rows, horizon = request["rows"], request["horizon"]
    lengths = [len(row) for row in rows]
    frame = pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(len(rows)), lengths),
            "ds": np.concatenate([np.arange(n) for n in lengths]),
            "y": np.concatenate(rows),
        }
    )
    models = [
        Theta(season_length=1),
        DynamicOptimizedTheta(season_length=1),
        AutoETS(season_length=1),
    ]
    answer = {}
    for model in models:
        name = f"statsforecast {model.alias}"
        seconds = []
        for _ in range(2 if "time" in request else 1):
            engine = StatsForecast(models=[model], freq=1, n_jobs=1, fallback_model=Naive())
            start = time.perf_counter()
            levels = {} if "time" in request else {"level": [80, 95]}
            result = engine.forecast(df=frame, h=horizon, **levels).sort_values(["unique_id", "ds"])
            seconds.append(time.perf_counter() - start)
        if "time" in request:
            answer[name] = seconds[-1]
            continue
        column = lambda key: result[key].to_numpy().reshape(-1, horizon).tolist()  # noqa: E731, B023
        ends = {0.1: "lo-80", 0.9: "hi-80", 0.025: "lo-95", 0.975: "hi-95"}
        answer[name] = {
            "point": column(model.alias),
            "quantiles": {level: column(f"{model.alias}-{end}") for level, end in ends.items()},
        }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
