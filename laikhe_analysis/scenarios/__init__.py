"""Scenarios: project, compare, ask backwards, stress."""

from laikhe_analysis.scenarios.assumptions import (
    SECTORS,
    by_year,
    override,
)
from laikhe_analysis.scenarios.backcast import Frontier, Solution, frontier, solve_for
from laikhe_analysis.scenarios.comparison import Comparison, compare
from laikhe_analysis.scenarios.flows import Baseline, Level
from laikhe_analysis.scenarios.goals import Goal
from laikhe_analysis.scenarios.inheritance import check_scenario, resolve
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
    "SECTORS",
    "Baseline",
    "Comparison",
    "Frontier",
    "Goal",
    "Level",
    "Projection",
    "Solution",
    "Track",
    "by_year",
    "check_scenario",
    "compare",
    "frontier",
    "override",
    "project",
    "reported_shares",
    "resolve",
    "solve_for",
    "stress_tests",
    "with_inflation",
    "with_reported_shares",
    "with_sector_growth",
    "with_sharing_rule",
    "without_land_sales",
]
