"""Time `import laikhe_analysis` against `import numpy`, in fresh interpreters, alternately.

The package's own import loads no module; the second line also loads the floors that every
calculation stands on.
"""

import subprocess
import sys
import time
from statistics import median

ROUNDS = 15
STATEMENTS = {
    "import numpy": "import numpy",
    "import laikhe_analysis": "import laikhe_analysis",
    "growth, series, records": "from laikhe_analysis import growth, series, records",
    "data (reads a commune's folder)": "from laikhe_analysis import data",
}


def seconds(statement: str) -> float:
    """Return the time of a fresh interpreter that runs `statement`."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print medians and ratios to numpy, interpreter start-up taken out."""
    for statement in STATEMENTS.values():
        seconds(statement)
    times: dict[str, list[float]] = {name: [] for name in ["nothing", *STATEMENTS]}
    for _ in range(ROUNDS):
        times["nothing"].append(seconds("pass"))
        for name, statement in STATEMENTS.items():
            times[name].append(seconds(statement))
    start = median(times["nothing"])
    numpy = median(times["import numpy"]) - start
    for name in STATEMENTS:
        own = median(times[name]) - start
        print(f"{name:32} {1000 * own:7.1f} ms  {own / numpy:5.2f} x numpy")


if __name__ == "__main__":
    main()
