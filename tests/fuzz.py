"""Damage what comes in, and hold what comes of it against a plain reading of the same input.

Every outcome is an error with place and remedy, or exactly the numbers that stand there. The plain
reading below is Python's own `csv`, `tomllib` and `float`, nothing of the product's.
"""

import csv
import io
import random
import re
import shutil
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from conftest import make_folder

from laikhe_analysis.checks import DataError, RefusalError
from laikhe_analysis.data import load
from laikhe_analysis.office.blame import located
from laikhe_analysis.office.board.standing import board_of, projection_of, read_as_of, seen_from
from laikhe_analysis.office.board.text import board_json
from laikhe_analysis.office.folder.backup import restore
from laikhe_analysis.office.forms import read_workbook
from laikhe_analysis.vietnamese import as_written

MORE = {
    "milestones.csv": "target_id,year,value\n9.2-poor,2023,5\n",
    "premises.csv": (
        "key,judgement,reading,decides,source_id\n"
        "ways,Đọc thế nào,Từng năm,9.2-poor,plan\nways,Đọc thế nào,Cả kỳ,9.2-poor,plan\n"
    ),
    "plots.csv": (
        "plot_id,name,stream,run_by,area_m2,saleable_share,price_low,price_mode,price_high,cost,year,"
        "quarter,sale_probability,origin,note\n"
        "p1,Khu Bắc,commune_run,commune,18000,0.55,7,9,13,38,2022,4,0.9,example,\n"
    ),
    "projects.csv": (
        "project_id,name,cost,source_of_funds,arrears,order,y2021,y2022,y2023,y2024,y2025,origin,note\n"
        "d1,Đường,40,đất,2,1,5,10,10,5,0,assumption,\n"
    ),
    "land_revenue_realisation.csv": (
        "unit,level,period,ratio,what,is_full_year_land_fee,source_id\n"
        "Nơi A,district,FY2019,0.9,land fee,yes,book\n"
    ),
}
"""Files that the made-up commune lacks: one row each."""

HOSTILE = (
    "", " ", "0", "-1", "-0", "1", "7.5", "12,5", "1.234", "21.500", "1,000", "1.234.567", "1 234", "1e5",
    "1e300", "1e999", "-1e-320", "nan", "inf", "0x10", "１２", "−3", "½", "=1+1", "#N/A", "12 %", "6,5-7,5",
    "(3,26)", "x", "Đạt", "ÐÃ", "a\u200bb", "2026", "2062-06-01", "'; DROP", "<b>", "..\\..", "%s{0}",
    "\u202e12", "9" * 400, "7\n8", '"', "co_so", "plan",
)  # fmt: skip
"""What people, programs and mischief put into a cell."""


@dataclass(frozen=True)
class Outcome:
    """What came of one damaged input: "refused", "read" or "fault", and why it is a fault."""

    kind: str
    what: str = ""


def whole_folder(beside: Path) -> Path:
    """Make the folder of a commune with a row in every file."""
    folder = make_folder(beside)
    for name, content in MORE.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


# ---- the plain reading

_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)

TABLES: dict[str, tuple[Callable, tuple[str, ...]]] = {
    "observations.csv": (lambda d: d.observed, ("year", "value", "low", "high")),
    "targets.csv": (
        lambda d: d.plan.targets,
        ("value", "value_high", "base_year", "target_year", "tolerance", "noise", "due"),
    ),
    "milestones.csv": (lambda d: d.plan.milestones, ("year", "value")),
    "reference.csv": (lambda d: d.published, ("year_from", "year", "value")),
    "scenarios.csv": (
        lambda d: [a for s in d.as_written.values() for a in s.assumptions],
        ("year_from", "year_to", "value"),
    ),
    "sharing.csv": (
        lambda d: [line for rule in d.rules.values() for line in rule.lines],
        ("year_from", "year_to", "central", "city", "commune", "city_returned", "unassigned",
         "cost_deducted_first"),
    ),
    "plots.csv": (
        lambda d: d.inventory,
        ("area_m2", "saleable_share", "price_low", "price_mode", "price_high", "cost", "year",
         "sale_probability"),
    ),
    "projects.csv": (lambda d: d.programme, ("cost", "arrears", "order")),
    "land_revenue_realisation.csv": (lambda d: d.realisation, ("ratio",)),
}  # fmt: skip
"""Where the numbers of each file are once it is read."""

_COUNTED = ("people", "households", "m2", "ha", "schools", "x")


def _plain(cell: str) -> float | str | None:
    """Return the number in a cell, None for an empty one, the text of any other."""
    clean = _UNSEEN.sub("", unicodedata.normalize("NFC", cell)).strip().replace("\u2212", "-")
    return float(clean) if _NUMBER.fullmatch(clean) else clean or None


def _rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig").lstrip("\ufeff")
    rows = list(
        csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), strict=True)
    )
    full = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    header = [str(_UNSEEN.sub("", name)).strip() for name in rows[0]]
    return [dict(zip(header, row, strict=True)) for row in full]


def _as_read(name: str, row: dict[str, str], column: str, rates: set[str]) -> float | str | None:
    """Return what calculations must have of a cell: a rate as a fraction."""
    value = _plain(row.get(column, ""))
    unit = row.get("unit", "").strip()
    is_rate = unit.startswith("%/") or (name == "scenarios.csv" and unit == "%")
    is_rate |= unit == "%" and (row.get("target_id") or row.get("series_id")) in rates
    scaled = column in ("value", "value_high", "low", "high", "tolerance", "noise")
    return value / 100 if isinstance(value, float) and is_rate and scaled else value


def misread(folder: Path, data) -> str:
    """Return the first number that is not what a file says, "" where there is none."""
    targets = _rows(folder / "targets.csv")
    rates = {row["target_id"] for row in targets if row["kind"] == "average_rate"}
    for name, (records, columns) in TABLES.items():
        rows = _rows(folder / name) if (folder / name).exists() else []
        found = list(records(data))
        if name == "sharing.csv":  # grouped by name, in the order of the file
            rows = [
                r
                for one in dict.fromkeys(r["rule"] for r in rows)
                for r in rows
                if r["rule"] == one
            ]
        if name == "scenarios.csv":  # what is inherited is the record of the same line
            found = [one for _, one in sorted({one.line: one for one in found}.items())]
        if len(found) != len(rows):
            return f"{name}: {len(rows)} rows, {len(found)} read"
        for row, record in zip(rows, found, strict=True):
            for column in columns:
                wanted, got = _as_read(name, row, column, rates), getattr(record, column)
                if isinstance(wanted, str) and wanted == got:
                    continue
                if wanted is None and got in (None, 0):
                    continue
                if not isinstance(wanted, float) or got is None or isinstance(got, str):
                    return f"{name} {column}: {row.get(column)!r} read as {got!r}"
                if abs(got - wanted) > 1e-12 * abs(wanted):
                    return f"{name} {column}: {row.get(column)!r} read as {got!r}"
                if re.search("[\u202d\u202e\u2066-\u2069]", row.get(column) or ""):
                    return f"{name} {column}: {row[column]!r} is shown the other way round"
                if got and not abs(got) < 1e15:
                    return f"{name} {column}: {row[column]!r} is no figure of a commune"
                if _GROUPED.fullmatch(row.get(column, "").strip()) and (
                    column == "area_m2" or row.get("unit") in _COUNTED
                ):
                    return f"{name} {column}: {row.get(column)!r} has two readings"
    facts = tomllib.loads((folder / "commune.toml").read_text(encoding="utf-8-sig"))
    for key, value in facts.items():
        if isinstance(value, int | float) and getattr(data.commune, key) != value:
            return f"commune.toml {key}: {value!r} read as {getattr(data.commune, key)!r}"
    return ""


# ---- what comes of it

_USELESS = re.compile(r"Errno|Traceback|<class|object at 0x|NoneType|Error\(")


def board(folder: Path) -> str:
    """Return the board of a folder, as `laikhe status --format json` does."""
    found = seen_from(load(folder), "")
    at = read_as_of("", found, today=date(2026, 11, 27))
    return board_json(board_of(found, at, projection=projection_of(found, "co_so"), internal=True))


def told(error: DataError | RefusalError, name: str = "") -> Outcome:
    """Return whether an error says where, and what is wanted, in both languages."""
    for lang in ("vi", "en"):
        if _USELESS.search(error.render(lang)):
            return Outcome("fault", f"useless: {error.render(lang)[:200]}")
    problems = getattr(error, "problems", ())
    if isinstance(error, DataError) and not problems:
        return Outcome("fault", "no problem told")
    for one in problems:
        same = one.wanted.vi == one.wanted.en and not re.search("[=≤]", one.wanted.vi)
        if not one.file or not one.wanted.vi.strip() or same:
            return Outcome("fault", f"no remedy: {one}")
    if name and problems and not any(p.file == name or p.line for p in problems):
        return Outcome("fault", f"no place: {error.render('en')[:200]}")
    return Outcome("refused")


def outcome(folder: Path, name: str = "") -> Outcome:
    """Read a damaged folder and make its board; `name` is the file that was damaged."""
    try:
        data = load(folder)
        wrong = misread(folder, data)
        if wrong:
            return Outcome("fault", f"silent: {wrong}")
        with redirect_stdout(io.StringIO()):
            located(board, folder)
    except (DataError, RefusalError) as error:
        return told(error, name)
    except Exception as error:
        return Outcome("fault", f"{type(error).__name__}: {str(error)[:200]}")
    return Outcome("read")


# ---- damage


def each_cell(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield file, row and column of one row of every file."""
    for path in sorted(folder.glob("*.csv")):
        rows = _rows(path)
        for number in range(min(1, len(rows))):
            for column in rows[number]:
                yield path.name, number, column


def with_cell(content: str, number: int, column: str, value: str) -> str:
    """Return a file with another value in a cell."""
    rows = list(csv.reader(io.StringIO(content)))
    rows[number + 1][rows[0].index(column)] = value
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def damaged(raw: bytes, rng: random.Random) -> bytes:
    """Return bytes with bits turned, pieces lost, doubled or moved, or in another coding."""
    lines = raw.splitlines(keepends=True)
    spot, size = rng.randrange(len(raw)), rng.randint(1, 40)
    how = rng.randrange(9)
    if how == 0:
        return raw[:spot] + bytes([raw[spot] ^ 1 << rng.randrange(8)]) + raw[spot + 1 :]
    if how == 1:
        return raw[:spot]
    if how == 2:
        return raw[:spot] + raw[spot + size :]
    if how == 3:
        return raw[:spot] + raw[spot : spot + size] + raw[spot:]
    if how == 4:
        return b"".join(rng.sample(lines, len(lines)))
    if how == 5:
        return b"".join([*lines, rng.choice(lines)])
    if how == 6:
        text = raw.decode("utf-8")
        codings = ("utf-16", "cp1258", "utf-8-sig", "utf-7")
        return text.encode(rng.choice(codings), errors="replace")
    if how == 7:
        sign = rng.choice(
            [b'"', b",", b";", b"\n", b"\r", b"\0", b"\t", b"'", b".", b"\xef\xbb\xbf"]
        )
        return raw[:spot] + sign + raw[spot:]
    return raw.replace(*rng.choice([(b",", b";"), (b".", b","), (b"\n", b"\r\n"), (b"0", b"O")]))


# ---- forms


def each_value(path: Path) -> dict[str, float]:
    """Return the figures of a form as openpyxl reads them, by code; texts are left out."""
    book = openpyxl.load_workbook(path)
    found = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=6, max_col=7, values_only=True):
            if isinstance(row[0], str) and type(row[-1]) in (int, float):
                found[row[0]] = float(row[-1])
    return found


def with_damaged_part(raw: bytes, rng: random.Random) -> bytes:
    """Return a zip of which one part is damaged and fits its checksum."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = rng.choice(sorted(parts))
    how = rng.randrange(4)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[name], parts[other] = parts[(other := rng.choice(sorted(parts)))], parts[name]
    else:
        parts[name] = damaged(parts[name], rng) if parts[name].isascii() or how == 2 else b"<x>"
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return into.getvalue()


def turned(raw: bytes, rng: random.Random) -> bytes:
    """Return bytes of which some bits are turned, or a piece is lost."""
    spoiled = bytearray(raw)
    for _ in range(rng.choice([1, 1, 1, 3, 20])):
        spoiled[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    if rng.random() < 0.2:
        begin, end = sorted(rng.sample(range(len(raw)), 2))
        del spoiled[begin : rng.choice([end, begin + 9])]
    return bytes(spoiled)


def form_outcome(path: Path, data, sound: Mapping[str, float]) -> Outcome:
    """Read a damaged form: refused with its place, or the figures of the sound one, or its own."""
    try:
        entries = read_workbook(path, data)
    except (DataError, RefusalError) as error:
        return told(error)
    except Exception as error:
        return Outcome("fault", f"{type(error).__name__}: {str(error)[:200]}")
    found = {e.figure.series_id: as_written(e.figure.value, e.figure.unit) for e in entries}
    if found == sound:
        return Outcome("read")
    try:
        own = each_value(path)
    except Exception:
        own = {}
    odd = {n: v for n, v in found.items() if v != sound.get(n) and v != own.get(n)}
    lost = set(sound) - set(found)
    if odd or (lost and lost & set(own)):
        return Outcome("fault", f"silent: {odd} {sorted(lost)}")
    return Outcome("read", "other figures, as the file has them" if not lost else f"lost {lost}")


# ---- backups


def backup_outcome(archive: Path, folder: Path, sound: Mapping[str, bytes]) -> Outcome:
    """Restore a damaged backup over a folder: refused and nothing changed, or all of it is back."""
    before = contents(folder)
    try:
        earlier = restore(archive, folder, on=date(2026, 11, 27))
    except (DataError, RefusalError) as error:
        whole = contents(folder) == before
        return told(error) if whole else Outcome("fault", "refused, and the folder changed")
    except Exception as error:
        return Outcome("fault", f"{type(error).__name__}: {str(error)[:200]}")
    if earlier is None or contents(earlier) != before:
        return Outcome("fault", "what was there is lost")
    shutil.rmtree(earlier)
    return Outcome("read") if contents(folder) == sound else Outcome("fault", "other data are back")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*")
            if p.is_file()}  # fmt: skip


# ---- one damaged input after the other


def cell_outcome(folder: Path, name: str, number: int, column: str, value: str) -> Outcome:
    """Put a value into a cell, see what comes of it, and take it back."""
    path = folder / name
    raw = path.read_bytes()
    path.write_text(with_cell(raw.decode(), number, column, value), encoding="utf-8", newline="")
    return _seen(outcome(folder, name), path, raw, f"{name} {column} {value[:30]!r}")


def file_outcome(folder: Path, rng: random.Random) -> Outcome:
    """Damage a file, see what comes of it, and make it whole."""
    path = rng.choice(sorted(folder.iterdir()))
    raw = path.read_bytes()
    path.write_bytes(damaged(raw, rng))
    return _seen(outcome(folder, path.name), path, raw, path.name)


def _seen(found: Outcome, path: Path, raw: bytes, which: str) -> Outcome:
    path.write_bytes(raw)
    return Outcome("fault", f"{which}: {found.what}") if found.kind == "fault" else found
