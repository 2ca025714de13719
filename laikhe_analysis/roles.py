"""What a target is about: the roles that calculations look for, and the kinds and units they take.

Meaning comes from role, kind and unit together, never from a target's id: `revenue` is a ratio to
the estimate as `annual_ratio` in "% of plan", growth as `average_rate` in "%/year", an amount as
`level_by` or `cumulative` in money. A target without a role is followed like any other; no
calculation but its own board line rests on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laikhe_analysis.checks import Text, nearest
from laikhe_analysis.vietnamese import unit_label

__all__ = ["LEVELS", "ROLES", "Role", "kind_problem", "role_names", "role_of", "role_problem"]

_LEVEL = (
    "level_by",
    "annual_level",
    "mean_level",
    "ratio_to_base",
    "change_per_year",
    "average_rate",
)
LEVELS = ("level_by", "annual_level", "annual_ratio", "cumulative", "milestone", "rank")
"""Kinds whose figure is the target's own; the others are read from a level."""

_SHARE = ("level_by", "annual_level", "mean_level", "change_per_year")
_FLOW = (*_LEVEL, "cumulative")
_MONEY = ("billion VND", "million VND", "VND", "USD", "index")
_HEADS = ("people", "thousand people")


@dataclass(frozen=True)
class Role:
    """What a target is about.

    Parameters
    ----------
    words : Text
        What it is.
    units : tuple of str
        Units of its level.
    kinds : tuple of str
        Kinds of target that it can be.
    series : str
        The commune's series that measures it where no series bears the target's id; "{}" stands
        for the name behind the colon.
    """

    words: Text
    units: tuple[str, ...]
    kinds: tuple[str, ...] = _LEVEL
    series: str = ""


ROLES: dict[str, Role] = {
    "total_product": Role(
        Text("tổng giá trị sản phẩm", "total product"), _MONEY, _FLOW, "total_product"
    ),
    "sector": Role(
        Text("giá trị sản phẩm của một ngành", "product of a sector"), _MONEY, _FLOW, "product_{}"
    ),
    "share": Role(
        Text("tỷ trọng của một ngành", "share of a sector"), ("%",), _SHARE, "share_{}"
    ),
    "revenue": Role(
        Text("thu ngân sách trên địa bàn", "budget revenue"), _MONEY, (*_FLOW, "annual_ratio"),
        "collected_revenue",
    ),
    "revenue_without_land": Role(
        Text("thu ngân sách không kể tiền sử dụng đất", "revenue without land-use fees"), _MONEY,
        (*_FLOW, "annual_ratio"), "recurrent_revenue",
    ),
    "income": Role(
        Text("thu nhập bình quân đầu người", "income per capita"),
        ("million VND/person/year", "million VND/person/month", "million VND/month", "USD"), _LEVEL,
        "income_per_capita",
    ),
    "investment_land": Role(
        Text("tổng vốn cả kỳ từ tiền sử dụng đất được điều tiết", "investment out of shared land-use fees"),
        ("billion VND",), ("cumulative",),
    ),
    "investment_all": Role(
        Text("tổng vốn đầu tư, mọi nguồn", "investment from all sources"), _MONEY, _FLOW,
        "total_investment",
    ),
    "investment_public": Role(
        Text("vốn đầu tư công", "public investment"), _MONEY, (*_FLOW, "annual_ratio"), "disbursed"
    ),
    "population": Role(Text("dân số", "population"), _HEADS, _LEVEL, "population"),
    "poor_households": Role(
        Text("số hộ nghèo", "poor households"), ("households",), _LEVEL, "poor_households"
    ),
    "poverty_rate": Role(Text("tỷ lệ hộ nghèo", "poverty rate"), ("%",), _SHARE, "poverty_rate"),
    "crop_value": Role(
        Text("giá trị sản phẩm trên 1 ha trồng trọt", "crop value per ha"), ("million VND/ha",),
        _LEVEL, "crop_value_per_ha",
    ),
    "new_rural": Role(
        Text("danh hiệu nông thôn mới", "new-rural title"), ("yes/no", "level"),
        ("milestone", "level_by", "annual_level"),
    ),
    "new_members": Role(
        Text("đảng viên mới kết nạp", "new Party members"), ("people/year", "people"),
        ("annual_level", "mean_level", "cumulative"),
    ),
    "conscription": Role(
        Text("giao quân, nhập ngũ so với chỉ tiêu", "military call-up"), ("% of plan", "people"),
        ("annual_level", "annual_ratio", "level_by"),
    ),
    "trained_workers": Role(Text("lao động qua đào tạo", "trained workers"), ("%",), _SHARE),
    "health_insurance": Role(Text("bảo hiểm y tế", "health insurance"), ("%",), _SHARE),
    "social_insurance": Role(Text("bảo hiểm xã hội", "social insurance"), ("%",), _SHARE),
    "online_dossiers": Role(Text("hồ sơ trực tuyến", "dossiers filed online"), ("%",), _SHARE),
    "digital_signatures": Role(Text("chữ ký số", "digital signatures"), ("%",), _SHARE),
    "digital_economy": Role(
        Text("kinh tế số so với GRDP", "digital economy as a share of GRDP"), ("%",), _SHARE
    ),
    "dti": Role(
        Text("chỉ số chuyển đổi số", "digital transformation index"), ("index", "%"),
        ("level_by", "annual_level"),
    ),
}  # fmt: skip
"""The roles that calculations look for; `sector` and `share` are followed by a sector's name."""

_OF_A_SECTOR = ("sector", "share")
_BY_KIND = {
    "average_rate": ("%/year", "%"),
    "annual_ratio": ("% of plan",),
    "ratio_to_base": ("ratio", "%"),
    "rank": ("rank",),
}
"""Units that a kind of target wants, whatever it is about."""

_UNCHANGING = ("yes/no", "rating", "rank", "level", "% of plan")


def role_names(sectors: Sequence[str] = ()) -> list[str]:
    """Return the roles that a target of a commune with these sectors may have.

    Examples
    --------
    >>> role_names(["farming"])[:4]
    ['total_product', 'sector:farming', 'share:farming', 'share:product_taxes']
    """
    named = {
        "sector": [f"sector:{name}" for name in sectors],
        "share": [f"share:{name}" for name in (*sectors, "product_taxes")],
    }
    return [name for role in ROLES for name in named.get(role, [role])]


def role_of(name: str) -> Role | None:
    """Return what is known of a role, its series named after its sector; None for no role.

    Examples
    --------
    >>> role_of("sector:industry").series, role_of("") is None
    ('product_industry', True)
    """
    base, _, sector = name.partition(":")
    role = ROLES.get(base)
    if role is None:
        return None
    return Role(role.words, role.units, role.kinds, role.series.format(sector))


def kind_problem(kind: str, unit: str) -> Text | None:
    """Return what unit is wanted of a kind of target, None where the unit may stand.

    Examples
    --------
    >>> kind_problem("average_rate", "billion VND").en
    'the unit %/year / %, which average_rate wants; an amount by a year is level_by, a sum cumulative'
    >>> kind_problem("level_by", "giường bệnh") is None
    True
    """
    wanted = _BY_KIND.get(kind)
    if wanted and unit not in wanted:
        vi, en = (" / ".join(unit_label(one, lang) for one in wanted) for lang in ("vi", "en"))
        return Text(
            f"đơn vị {vi} ({' / '.join(wanted)}) của {kind}; mức đạt vào một năm là level_by, tổng cả "
            "kỳ là cumulative",
            f"the unit {en}, which {kind} wants; an amount by a year is level_by, a sum cumulative",
        )
    if kind == "change_per_year" and unit in _UNCHANGING:
        return Text("đơn vị của một mức thay đổi từng năm", "the unit of a yearly change")
    if kind in ("cumulative", "mean_level") and unit in ("yes/no", "rank"):
        return Text("kind là level_by, annual_level hoặc milestone", "level_by or milestone")
    return None


def role_problem(name: str, kind: str, unit: str, sectors: Sequence[str] = ()) -> Text | None:
    """Return what is wanted instead of a role on a kind or unit that it cannot have, else None.

    Parameters
    ----------
    name : str
        The role; "" is always fine.
    kind, unit : str
        Of the target.
    sectors : sequence of str
        The commune's sectors.

    Examples
    --------
    >>> role_problem("income", "level_by", "%").en
    'income per capita in million VND/person/year / million VND/person/month / million VND/month / USD, or as %/year with average_rate; leave `role` empty for another figure'
    >>> role_problem("incme", "level_by", "%").en
    'a role, or nothing; did you mean “income”?'
    """  # noqa: E501
    if not name:
        return None
    known = role_names(sectors)
    base, _, sector = name.partition(":")
    if base in _OF_A_SECTOR and sector and name not in known:
        listed = ", ".join(one for one in known if one.startswith(f"{base}:")) or "-"
        return Text(
            f"một ngành khai ở `sectors` của commune.toml: {listed}",
            f"a sector that `sectors` of commune.toml names: {listed}",
        )
    if name not in known:
        guess = nearest(name, known)
        hint = guess or ", ".join(known)
        return Text(
            f"một vai trò, hoặc để trống; có phải “{hint}”?" if guess else f"một trong: {hint}",
            f"a role, or nothing; did you mean “{hint}”?" if guess else f"one of: {hint}",
        )
    role = role_of(name)
    assert role is not None
    if kind not in role.kinds:
        kinds = ", ".join(role.kinds)
        return Text(
            f"kind là một trong {kinds} ({role.words.vi}); chỉ tiêu khác thì để trống `role`",
            f"a kind of {kinds} ({role.words.en}); leave `role` empty for another figure",
        )
    return None if _unit_fits(role, kind, unit) else _unit_wanted(role)


def _unit_fits(role: Role, kind: str, unit: str) -> bool:
    """Return whether a unit suits a role of a kind."""
    if kind in _BY_KIND:
        return unit in _BY_KIND[kind]
    grows = unit == "%/year" and "average_rate" in role.kinds
    if kind == "change_per_year":
        points = "%" in role.units and unit.startswith("percentage points")
        return grows or points or unit.removesuffix("/year") in role.units
    return unit in role.units or (grows and kind in ("annual_level", "mean_level"))


def _unit_wanted(role: Role) -> Text:
    """Return the units of a role in words."""
    told = []
    for lang in ("vi", "en"):
        units = " / ".join(unit_label(one, lang) for one in role.units)
        rate = ""
        if "average_rate" in role.kinds:
            rate = Text(", hoặc %/năm với average_rate", ", or as %/year with average_rate").pick(
                lang
            )
        words = role.words.pick(lang)
        told.append(
            Text(
                f"{words} tính bằng {units}{rate}; chỉ tiêu khác thì để trống `role`",
                f"{words} in {units}{rate}; leave `role` empty for another figure",
            ).pick(lang)
        )
    return Text(*told)
