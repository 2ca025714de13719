"""Find the row of the data at which a calculation stops, so that a command can name it."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from laikhe_analysis.checks import DataError, Problem, RefusalError
from laikhe_analysis.messages import _

__all__ = ["located"]

T = TypeVar("T")
Row = tuple[Path, int, str]
_PATIENCE = 4.0
"""How long a row is searched for. [seconds]"""


def located(work: Callable[[Path], T], folder: Path) -> T:
    """Return what `work` makes of a data folder; what stops it names the file and row.

    Parameters
    ----------
    work : callable
        Reads the folder and computes; writes nothing.
    folder : Path
        The commune's data.

    Raises
    ------
    DataError
        If the calculation stops: with the row without which it does not.

    Notes
    -----
    The library below knows no files. So the work is done again on copies of the folder that lack
    one row each, the rows that hold a number of the message first; the row without which the same
    error does not come is the one.
    """
    try:
        return work(folder)
    except (DataError, RefusalError, OSError):
        raise
    except Exception as error:
        raise _blamed(error, work, folder) from error


def _blamed(error: Exception, work: Callable[[Path], object], folder: Path) -> DataError:
    """Return the error with file and row, or the folder alone where no single row is the cause."""
    wanted = _("số mà phép tính nhận được; phép tính dừng vì: {error}", error=error)
    until = time.monotonic() + _PATIENCE
    for path, number, line in _likely(str(error), list(_rows(folder))):
        if time.monotonic() > until:
            break
        if _is_cause(error, work, folder, path, line):
            return DataError([Problem(path.name, number, None, line[:120], wanted)])
    return DataError([Problem(folder.name, None, None, type(error).__name__, wanted)])


def _rows(folder: Path) -> Iterator[Row]:
    """Yield file, line and text of each row that a commune types in."""
    names = ("targets.csv", "observations.csv", "scenarios.csv", "sharing.csv", "plots.csv",
             "projects.csv")  # fmt: skip
    for path in (folder / name for name in names if (folder / name).is_file()):
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""))
        lines, begin = text.splitlines(keepends=True), 0
        for _unused in reader:
            if begin:
                yield path, begin + 1, "".join(lines[begin : reader.line_num])
            begin = reader.line_num


def _likely(message: str, rows: Sequence[Row]) -> list[Row]:
    """Return the rows, first those that hold a number or name of a message that few rows hold."""
    said = {_plain(word) for word in re.findall(r"[\w.\-]+", message)}
    held = [
        said & {_plain(cell) for cell in line.strip().split(",")} for _file, _number, line in rows
    ]
    often = Counter(word for words in held for word in words)
    weights = [sum(1 / often[word] for word in words) for words in held]
    return [
        row for _weight, row in sorted(zip(weights, rows, strict=True), key=lambda one: -one[0])
    ]


def _plain(word: str) -> str:
    try:
        return f"{float(word):g}"
    except ValueError:
        return word.strip(".")


def _is_cause(
    error: Exception, work: Callable[[Path], object], folder: Path, path: Path, line: str
) -> bool:
    """Return whether the error does not come without a row."""
    with tempfile.TemporaryDirectory() as place:
        for other in folder.iterdir():
            if other.suffix in (".csv", ".toml") and other.is_file():
                content = other.read_bytes()
                if other == path:
                    content = content.replace(line.encode(), b"", 1)
                (Path(place) / other.name).write_bytes(content)
        try:
            work(Path(place))
        except (DataError, RefusalError, OSError):
            return False  # without the row the calculation is not reached: nothing is known
        except Exception as now:
            return (type(now), str(now)) != (type(error), str(error))
    return True
