"""Scenarios: project, compare, ask backwards, stress."""

from laikhe_analysis.scenarios.assumptions import SECTORS, as_in_file, by_year, from_file, override
from laikhe_analysis.scenarios.backcast import Solution, solve_for
from laikhe_analysis.scenarios.baseline import Baseline, Level
from laikhe_analysis.scenarios.comparison import Comparison, compare
from laikhe_analysis.scenarios.evidence import known_evidence
from laikhe_analysis.scenarios.goals import Goal
from laikhe_analysis.scenarios.inheritance import resolve
from laikhe_analysis.scenarios.own_history import (
    BASELINE,
    OWN_CAP,
    Candidate,
    own_growth,
    with_own_history,
)
from laikhe_analysis.scenarios.projection import Projection, Track, project
from laikhe_analysis.scenarios.reported import reported_shares, with_reported_shares
from laikhe_analysis.scenarios.stress import (
    stress_tests,
    with_inflation,
    with_sector_growth,
    with_sharing_rule,
    without_land_sales,
)

__all__ = [
    "BASELINE",
    "OWN_CAP",
    "SECTORS",
    "Baseline",
    "Candidate",
    "Comparison",
    "Goal",
    "Level",
    "Projection",
    "Solution",
    "Track",
    "as_in_file",
    "by_year",
    "compare",
    "from_file",
    "known_evidence",
    "override",
    "own_growth",
    "project",
    "reported_shares",
    "resolve",
    "solve_for",
    "stress_tests",
    "with_inflation",
    "with_own_history",
    "with_reported_shares",
    "with_sector_growth",
    "with_sharing_rule",
    "without_land_sales",
]
