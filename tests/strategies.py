"""What Hypothesis draws from, bounded to what a plan may hold."""

from hypothesis import settings
from hypothesis import strategies as st

from laikhe_analysis.checks import Text
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries

calm = settings(derandomize=True, deadline=None, max_examples=80)

levels = st.floats(0.01, 1e6)
signed = st.floats(-1e6, 1e6)
rates = st.floats(-0.5, 1.0)
years = st.integers(1990, 2050)
directions = st.sampled_from(["up", "down"])
methods = st.sampled_from(["compound", "linear", "weather", "level"])


@st.composite
def spans(draw, longest=5):
    """Return a base year, a later latest year and a still later target year."""
    base = draw(years)
    latest = base + draw(st.integers(1, longest))
    return base, latest, latest + draw(st.integers(1, 15))


@st.composite
def sector_plans(draw, most=5):
    """Return sector rates, shares that add up to 1, and years."""
    count = draw(st.integers(2, most))
    growth = draw(st.lists(st.floats(-0.2, 0.4), min_size=count, max_size=count))
    parts = draw(st.lists(st.integers(1, 100), min_size=count, max_size=count))
    return growth, [part / sum(parts) for part in parts], draw(st.integers(1, 10))


ROLES = {
    "new-members": "new_members", "revenue": "revenue", "total": "total_product",
    "industry": "sector:industry", "services": "sector:services",
    "agriculture": "sector:agriculture", "crop-value": "crop_value", "income": "income",
    "ntm-model": "new_rural", "investment": "investment_land",
    "poor-households": "poor_households", "online": "online_dossiers",
    "dossiers-online": "online_dossiers", "conscription": "conscription",
    "military": "conscription", "signatures": "digital_signatures", "dti": "dti",
    "digital-economy": "digital_economy",
}  # fmt: skip
"""What the made-up plans of the tests mean by the words of their ids; the library reads roles."""


def target(kind="level_by", value=100.0, direction="at_least", unit="million VND/ha", **fields):
    """Return a target of a made-up plan, base 2025, by 2030, role by `ROLES` unless told."""
    word = fields.get("target_id", "").partition("-")[2]
    given = {"target_id": "9.1-word", "role": ROLES.get(word, ""), "item": "9(1)",
             "clause": "9(1)", "group": "economy",
             "name": Text("chỉ tiêu", "target"), "unit": unit, "kind": kind,
             "direction": direction, "value": value}  # fmt: skip
    return Target(**(given | fields))


def series(values, unit="million VND/ha", **fields):
    """Return a series of a mapping of years to values."""
    return AnnualSeries(fields.pop("name", "figures"), tuple(values), tuple(values.values()),
                        unit=unit, **fields)  # fmt: skip
