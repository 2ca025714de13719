"""What one commune's folder says, as plain values: the same on every machine that computes it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, RefusalError
from laikhe_analysis.data import Dataset, load
from laikhe_analysis.findings import Finding
from laikhe_analysis.findings.board import has_own_figure
from laikhe_analysis.findings.paths import mean_rate_of
from laikhe_analysis.messages import _, speaking
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.monitor.measures import measure, measured_by
from laikhe_analysis.office.batch.synthetic import SYNTHETIC
from laikhe_analysis.office.blame import located
from laikhe_analysis.office.board.standing import (
    board_of,
    projection_of,
    read_as_of,
    seen_from,
)
from laikhe_analysis.office.board.text import board_json
from laikhe_analysis.office.missing import still_missing
from laikhe_analysis.office.owned import data_hashes, program_hash
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import as_written, written_unit

__all__ = ["SERIES", "Job", "Record", "job_key", "record_of"]

Record = dict[str, Any]
SERIES = (
    "population", "income_per_capita", "crop_value_per_ha", "collected_revenue",
    "recurrent_revenue", "commune_revenue", "land_revenue", "total_product", "public_investment",
    "total_investment",
)  # fmt: skip
"""The commune's own series that stand beside its targets."""


@dataclass(frozen=True)
class Job:
    """One folder to be read, and what is asked of it.

    Parameters
    ----------
    folder : str
    as_of : str
        As `standing.read_as_of`; blank: what is over on `today`.
    scenario : str
        Blank: "co_so" where the folder has it, else its first.
    today : str
        Day on which the work was begun. [YYYY-MM-DD]
    report : str
        Folder for the leader's page and the workbook; blank: neither is written.
    lang : {"vi", "en"}
        Language of the leader's page.
    """

    folder: str
    as_of: str = ""
    scenario: str = ""
    today: str = ""
    report: str = ""
    lang: str = "vi"


def job_key(job: Job) -> str:
    """Return a hash of what a record rests on: the folder's files, what is asked, the program.

    The day counts by its quarter where no date is asked for: no part of a year ends within one.
    """
    day = date.fromisoformat(job.today)
    quarter = job.as_of or f"{day.year}Q{(day.month + 2) // 3}"
    files = data_hashes(Path(job.folder))
    asked = [files, quarter, job.scenario, bool(job.report) and job.lang, program_hash()]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def record_of(job: Job) -> Record:
    """Return what a folder says; what is wrong with it stands in "error", and nothing is raised.

    Returns
    -------
    dict
        "folder", "key"; then "commune", "as_of", "board" (as `laikhe status --format json` has
        it), "beside" (by target: what decides whether it can be compared, and its history),
        "series", "findings", "missing"; or "error". Values as files have them: rates in per cent.
    """
    begun: Record = {"folder": job.folder, "key": job_key(job)}
    try:
        data, found = located(lambda folder: _read(folder, job), Path(job.folder))
        if job.report:
            from laikhe_analysis.office.batch.report import write_report

            with speaking(job.lang):
                write_report(data, Path(job.report), found["scenario"], job.as_of)
        return begun | found
    except (DataError, RefusalError) as error:
        return begun | {"error": {"vi": error.render("vi"), "en": error.render("en")}}
    except Exception as error:  # one folder's fault must not stop the others
        told = f"{type(error).__name__}: {error}"
        return begun | {"error": {"vi": told, "en": told}}


def _read(folder: Path, job: Job) -> tuple[Dataset, Record]:
    """Return the data of a folder that can be read, and its values; nothing is written."""
    if not folder.is_dir():
        raise RefusalError(_("không có thư mục này"))
    data = seen_from(load(folder, today=job.today), job.as_of)
    usual = "co_so" if "co_so" in data.assumed else next(iter(data.assumed), "")
    scenario = job.scenario or usual
    projection = projection_of(data, scenario)
    at = read_as_of(job.as_of, data, today=date.fromisoformat(job.today))
    board = board_of(data, at, projection=projection)
    if job.report:
        from laikhe_analysis.office.leader import leader_page, look

        with speaking(job.lang):
            leader_page(look(data, scenario, job.as_of), {})  # what cannot be computed is told
    return data, {
        "commune": _commune(data),
        "scenario": scenario,
        "board": json.loads(board_json(board)),
        "beside": _beside(board, data),
        "series": _series(data),
        "findings": [
            asdict(one) | {"rests_on": list(one.rests_on)} for one in _findings(board, projection)
        ],
        "missing": _missing(board, data),
    }


def _commune(data: Dataset) -> Record:
    """Return who it is, and whether its figures are made up."""
    one = data.commune
    return {
        "name": one.name, "city": one.city, "base_year": one.base_year,
        "target_year": one.target_year, "population": one.population,
        "population_definition": _plain(one.population_definition),
        "synthetic": SYNTHETIC in data.cited,
    }  # fmt: skip


def _beside(board: Board, data: Dataset) -> dict[str, Record]:
    """Return, by target, what a comparison has to know of it beyond its line of the board."""
    series, found = data.histories(), {}
    for line in board.lines:
        target = line.target
        known = None if target.kind == "average_rate" else measure(target, series)
        bases = {target.price_basis, *([known.price_basis] if known else [])}
        bases = bases - {"n/a"} or bases
        found[target.target_id] = {
            "role": target.role, "sort": _sort(target), "price_basis": ", ".join(sorted(bases)),
            "since": target.base_year if _sort(target) in ("cumulative", "average_rate") else None,
            "definition": _plain(target.definition.partition("Lưu ý")[0]),
            "history": _history(known) if known and _sort(target) == "level" else {},
        }  # fmt: skip
    return found


def _series(data: Dataset) -> list[Record]:
    """Return the commune's own series, at other than their usual prices where these are all."""
    known = data.histories()
    bare = {name.removesuffix("_real").removesuffix("_nominal"): known[name] for name in known}
    return [
        {"name": name, "unit": written_unit(own.unit), "price_basis": own.price_basis,
         "origin": own.origin, "history": _history(own)}
        for name in SERIES if (own := (bare | known).get(name)) is not None
    ]  # fmt: skip


def _history(series: AnnualSeries) -> dict[str, float]:
    """Return the known values of a series by year, as files have them."""
    known = series.known()
    return {
        str(year): as_written(value, series.unit)
        for year, value in zip(known.years, known.values, strict=True)
    }


def _findings(board: Board, projection: Projection | None) -> list[Finding]:
    """Return what a leader's page tells first, as values: the count, projections, conflicts."""
    achieved, items, left_out = board.count_items()
    counts = {"achieved": achieved, "items": items, "left_out": left_out}
    found = [Finding("board.items", counts | board.count(), origin="official")]
    paths = projection.paths if projection else {}
    for name in ("total_product", "income_per_capita", "income_per_capita_real",
                 "collected_revenue", "recurrent_revenue"):  # fmt: skip
        if projection is not None and name in paths:
            path = paths[name]
            numbers = {"year": path.years[-1], "value": path.values[-1], "base": path.years[0],
                       "rate": mean_rate_of(projection, name)}  # fmt: skip
            origin = weakest_origin(*path.origins)
            found.append(Finding(f"{name}.under_scenario", numbers, path.unit, origin))
    for one in board.findings:
        found.append(Finding(f"plan.{one.code}", {}, clause=", ".join(one.clauses),
                             status=one.severity))  # fmt: skip
    return found


def _missing(board: Board, data: Dataset) -> Record:
    """Return which figures there are none of, whom to ask, and what else is still to be done."""
    return {
        "figures": [
            {"target_id": one.target_id, "series": measured_by(one) or one.target_id,
             "unit": written_unit(one.unit), "owner": one.owner}
            for line in board.lines
            if not has_own_figure(line)
            for one in [line.target]
        ],
        "to_do": [text.as_dict() for text in still_missing(data)],
    }  # fmt: skip


def _sort(target: Target) -> str:
    """Return what sort of number a target's value is."""
    return target.kind if target.kind in ("cumulative", "average_rate", "milestone") else "level"


def _plain(text: str) -> str:
    """Return a definition without differences that mean nothing."""
    return " ".join(unicodedata.normalize("NFC", text).split()).rstrip(" .")
