"""Scenarios: project, compare, ask backwards, stress."""

from laikhe_analysis.scenarios.assumptions import (
    SECTORS,
    as_in_file,
    by_year,
    from_file,
    override,
)
from laikhe_analysis.scenarios.backcast import Frontier, Solution, frontier, solve_for
from laikhe_analysis.scenarios.baseline import Baseline, Level
from laikhe_analysis.scenarios.comparison import Comparison, compare
from laikhe_analysis.scenarios.evidence import (
    TOTAL,
    assumed_candidate,
    candidates,
    evidence_frame,
    known_evidence,
    result_alone,
)
from laikhe_analysis.scenarios.goals import Goal
from laikhe_analysis.scenarios.inheritance import check_scenario, resolve
from laikhe_analysis.scenarios.own_history import (
    BASELINE,
    OWN_CAP,
    Candidate,
    own_candidate,
    own_growth,
    own_weight,
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
    "TOTAL",
    "Baseline",
    "Candidate",
    "Comparison",
    "Frontier",
    "Goal",
    "Level",
    "Projection",
    "Solution",
    "Track",
    "as_in_file",
    "assumed_candidate",
    "by_year",
    "candidates",
    "check_scenario",
    "compare",
    "evidence_frame",
    "from_file",
    "frontier",
    "known_evidence",
    "override",
    "own_candidate",
    "own_growth",
    "own_weight",
    "project",
    "reported_shares",
    "resolve",
    "result_alone",
    "solve_for",
    "stress_tests",
    "with_inflation",
    "with_own_history",
    "with_reported_shares",
    "with_sector_growth",
    "with_sharing_rule",
    "without_land_sales",
]
