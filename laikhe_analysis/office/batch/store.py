"""A batch as a folder of files: values kept as they come, and nothing computed twice."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.batch.record import Job, Record, job_key, record_of
from laikhe_analysis.office.batch.runner import run
from laikhe_analysis.office.forms.written import inert
from laikhe_analysis.office.owned import MANIFEST, refuse_place
from laikhe_analysis.office.refusal import refuse

__all__ = ["LINES", "TABLE", "Done", "compute", "folders_of", "read_lines", "refuse_out", "report_places",
           "write_table"]  # fmt: skip

LINES, TABLE, _BEGUN = "values.jsonl", "values.csv", "values.jsonl.moi"


@dataclass(frozen=True)
class Done:
    """What was done with one folder.

    Parameters
    ----------
    folder : str
    error : Text or None
        What is wrong with it.
    is_kept : bool
        Whether the values are those of an earlier run on the same files.
    """

    folder: str
    error: Text | None
    is_kept: bool


def folders_of(given: Iterable[Path]) -> list[str]:
    """Return the folders that were named, and those that a named file lists, a line each.

    Relative lines are read from where the file is; "#" begins a remark.

    Raises
    ------
    RefusalError
        If nothing is named, a file cannot be read, or one folder is named twice.
    """
    found: list[str] = []
    for path in given:
        if not path.is_file():
            found.append(str(path))
            continue
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            raise refuse(
                _("không đọc được danh sách {path}: cần tệp văn bản UTF-8", path=path), usage=True
            ) from None
        plain = (line.partition("#")[0].strip() for line in lines)
        found += [str(path.parent / line) for line in plain if line]
    twice = [name for i, name in enumerate(found) if name in found[:i]]
    if twice or not found:
        raise refuse(
            _(
                "cần ít nhất một thư mục, mỗi thư mục một lần; {what}",
                what=_("lặp lại: {twice}", twice=twice[0])
                if twice
                else _("chưa có", context="folder"),
            ),
            usage=True,
        )
    return found


def refuse_out(out: Path, folders: Iterable[str]) -> None:
    """Raise if `out` is no place for a batch (`owned.refuse_place`); one that holds a batch is.

    Raises
    ------
    RefusalError
        If it lies in a data folder, holds one, or holds what is not ours.
    """
    if not any((out / name).is_file() for name in (LINES, _BEGUN)):
        for folder in folders:
            refuse_place(out, "laikhe-batch", data=Path(folder))


def report_places(folders: Iterable[str], out: Path) -> dict[str, str]:
    """Return a place below `out` for the report of each folder, named as the folder is.

    Examples
    --------
    >>> places = report_places(["a/data", "b/Data"], Path("reports"))
    >>> [Path(place).name for place in places.values()]
    ['data', 'Data-2']
    """
    found: dict[str, str] = {}
    often: Counter[str] = Counter()
    for folder in folders:
        name = Path(folder).resolve().name
        often[name.casefold()] += 1
        number = often[name.casefold()]
        found[folder] = str(out / (f"{name}-{number}" if number > 1 else name))
    return found


def read_lines(path: Path) -> Iterator[Record]:
    """Yield the records of a file of JSON lines; a line cut short by a kill ends them."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                return


def compute(
    jobs: Sequence[Job], out: Path, *, processes: int = 1, scheduler: str = ""
) -> Iterator[Done]:
    """Compute the values of each folder into `out`/values.jsonl, yielding as they are done.

    Each record is written as it comes; those of an earlier run, finished or not, stay where files
    and questions are the same. The finished file takes the place of the earlier one at the end, in
    the order of the jobs.
    """
    out.mkdir(parents=True, exist_ok=True)
    begun = out / _BEGUN
    known = _places([out / LINES, begun])
    found = {
        job.folder: known[key] for job in jobs
        if (key := job_key(job)) in known and (not job.report or (Path(job.report) / MANIFEST).is_file())
    }  # fmt: skip
    yield from (Done(folder, None, True) for folder in found)
    to_do = [job for job in jobs if job.folder not in found]
    results = run(record_of, to_do, processes=processes, scheduler=scheduler, lost=_lost)
    with begun.open("a+b") as file:
        _cut_last_line(file)
        for record in results:
            found[record["folder"]] = (begun, file.seek(0, 2))
            file.write(json.dumps(record, ensure_ascii=False, allow_nan=False).encode() + b"\n")
            file.flush()
            error = Text(**record["error"]) if "error" in record else None
            yield Done(record["folder"], error, False)
    _put_together({job.folder: found[job.folder] for job in jobs}, out)
    begun.unlink()


def _lost(job: Job, why: Text) -> Record:
    """Return the record of a folder that took its worker down."""
    return {"folder": job.folder, "key": "", "error": why.as_dict()}


def _places(paths: Iterable[Path]) -> dict[str, tuple[Path, int]]:
    """Return where the record of each key stands: nothing else of the files is kept in memory.

    A folder with an error is looked at again.
    """
    found: dict[str, tuple[Path, int]] = {}
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                place = 0
                for line in file:
                    try:
                        record = json.loads(line)
                        if "error" not in record:
                            found[record["key"]] = (path, place)
                    except (ValueError, KeyError, TypeError):
                        break
                    place += len(line)
    return found


def _cut_last_line(file: Any) -> None:
    """Cut off what a killed run left of a line."""
    file.seek(0)
    whole = 0
    for line in file:
        whole += len(line) if line.endswith(b"\n") else 0
    file.truncate(whole)


def _record_at(path: Path, place: int) -> Record:
    with path.open("rb") as file:
        file.seek(place)
        found: Record = json.loads(file.readline())
        return found


def _put_together(found: Mapping[str, tuple[Path, int]], out: Path) -> None:
    """Write the records in the order of the jobs, each under the name by which it was asked for."""
    beside = out / f".{LINES}.part"
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        for folder, (path, place) in found.items():
            record = _record_at(path, place) | {"folder": folder}
            file.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
    beside.replace(out / LINES)


_LEAD = ("folder", "commune", "synthetic", "section", "key")
_FINDING = ("clause", "status", "unit", "origin", "owner")


def write_table(records: Iterable[Record], path: Path) -> Path:
    """Write board, findings, missing figures and errors of all communes as one CSV.

    A row each: `section` says of what, `key` is the target or finding; then the columns of
    `laikhe status --format csv`, and `number` and `text` for findings and errors. Columns are those
    of the first commune that has targets.
    """
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        waiting: list[dict[str, Any]] = []
        for record in records:
            waiting += _rows(record)
            targets = record.get("board", {}).get("targets")
            if writer is None and targets:
                writer = _writer(file, targets[0])
            if writer is not None:
                writer.writerows(waiting)
                waiting = []
        if waiting:
            _writer(file, _FINDING).writerows(waiting)
    beside.replace(path)
    return path


def _writer(file: Any, columns: Iterable[str]) -> csv.DictWriter[str]:
    """Return a writer whose heading is written."""
    names = list(dict.fromkeys([*_LEAD, *columns, "number", "text"]))
    writer = csv.DictWriter(file, names, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    return writer


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the rows of a record, no cell of which a spreadsheet takes for a formula."""
    for row in _plain_rows(record):
        yield {k: inert(v) if isinstance(v, str) else v for k, v in row.items()}


def _plain_rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the rows of one record as they are."""
    lead = {"folder": record["folder"]}
    if "error" in record:
        yield lead | {"section": "error", "text": record["error"]["vi"]}
        return
    one = record["commune"]
    lead |= {"commune": one["name"], "synthetic": int(one["synthetic"])}
    for line in record["board"]["targets"]:
        yield line | lead | {"section": "board", "key": line["target_id"]}
    for found in record["findings"]:
        plain = {name: found[name] for name in _FINDING}
        for name, number in (found["numbers"] or {"": ""}).items():
            yield lead | plain | {"section": "finding", "key": f"{found['key']}.{name}".rstrip("."),
                                  "number": number}  # fmt: skip
    for missing in record["missing"]["figures"]:
        yield lead | missing | {"section": "missing", "key": missing["series"]}
    for text in record["missing"]["to_do"]:
        yield lead | {"section": "missing", "text": text["vi"]}
