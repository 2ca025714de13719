"""The questions that a plan raises when its targets are held against one another and the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from laikhe_analysis.consistency import kind_checks, plan_checks, register_checks
from laikhe_analysis.consistency.given import Given
from laikhe_analysis.records import SEVERITIES, Assumption, Finding, Plan, Scenario
from laikhe_analysis.series import AnnualSeries

__all__ = ["check_plan"]


def check_plan(
    plan: Plan,
    *,
    facts: Mapping[str, AnnualSeries],
    series: Mapping[str, AnnualSeries],
    assumptions: Scenario | Iterable[Assumption] = (),
) -> list[Finding]:
    """Return what in a plan does not fit together, or is open, and with whom to settle it.

    Parameters
    ----------
    plan : Plan
    facts : mapping of str to AnnualSeries
        Public series by "entity/series_id"; the city is the entity that ends the commune's
        `city`. What it plans for itself comes from `plans_as_facts`.
    series : mapping of str to AnnualSeries
        The commune's own series by `series_id`.
    assumptions : Scenario or iterable of Assumption
        What is taken for granted: shares, inflation, population growth. [unit of each]

    Returns
    -------
    list of Finding
        Conflicts first, then questions, then notes, each in the order of the clauses. A check
        whose targets or figures are missing finds nothing.

    Notes
    -----
    The checks are those of `plan_checks`, `kind_checks` and `register_checks`. A provincial
    ICOR is no check of a commune and is left out.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> from laikhe_analysis.records import Commune, Target
    >>> commune = Commune("a", "a", "b", 1.0, 1000, "", "", (), "", 2025, 2030,
    ...                   party_members=1593, plan_numbers={"new_members_share_pct": 3})
    >>> members = Target("2.1.1-new-members", "2.1(1)", "2.1(1)", "party", Text("a"),
    ...                  "people/year", "annual_level", "at_least", 45, role="new_members")
    >>> [f.severity for f in check_plan(Plan(commune, (members,)), facts={}, series={})]
    ['note']
    """
    taken = assumptions.assumptions if isinstance(assumptions, Scenario) else tuple(assumptions)
    given = Given(plan, facts, series, taken)
    order = {target.clause: place for place, target in enumerate(plan.targets)}
    found = [finding for check in _CHECKS for finding in check(given)]
    return sorted(
        found,
        key=lambda f: (SEVERITIES.index(f.severity), order.get(f.clauses[0], len(order))),
    )


_CHECKS: tuple[Callable[[Given], list[Finding]], ...] = (
    plan_checks.sectors_and_total,
    plan_checks.income_and_product,
    plan_checks.revenue_and_product,
    plan_checks.investment_label,
    plan_checks.investment_base,
    plan_checks.new_rural_group,
    register_checks.members_share,
    register_checks.same_quantity,
    kind_checks.one_growth,
    kind_checks.shares_and_whole,
    kind_checks.shares_and_rates,
    kind_checks.schedule_and_goal,
    register_checks.below_the_city,
    register_checks.no_figure_of_a_commune,
    register_checks.changing_definitions,
    register_checks.assembly_term,
)
