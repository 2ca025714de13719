"""What a target is about: the roles that calculations look for, and the kinds and units they take.

Meaning comes from role, kind and unit together, never from a target's id: `revenue` is a ratio to
the estimate as `annual_ratio` in "% of plan", growth as `average_rate` in "%/year", an amount as
`level_by` or `cumulative` in money. A target without a role is followed like any other; no
calculation but its own board line rests on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laikhe_analysis.checks import nearest
from laikhe_analysis.messages import Text, Worded, _, joined
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
        _("tổng giá trị sản phẩm"), _MONEY, _FLOW, "total_product"
    ),
    "sector": Role(
        _("giá trị sản phẩm của một ngành"), _MONEY, _FLOW, "product_{}"
    ),
    "share": Role(
        _("tỷ trọng của một ngành"), ("%",), _SHARE, "share_{}"
    ),
    "revenue": Role(
        _("thu ngân sách trên địa bàn"), _MONEY, (*_FLOW, "annual_ratio"),
        "collected_revenue",
    ),
    "revenue_without_land": Role(
        _("thu ngân sách không kể tiền sử dụng đất"), _MONEY,
        (*_FLOW, "annual_ratio"), "recurrent_revenue",
    ),
    "income": Role(
        _("thu nhập bình quân đầu người"),
        ("million VND/person/year", "million VND/person/month", "million VND/month", "USD"), _LEVEL,
        "income_per_capita",
    ),
    "investment_land": Role(
        _("tổng vốn cả kỳ từ tiền sử dụng đất được điều tiết"),
        ("billion VND",), ("cumulative",),
    ),
    "investment_all": Role(
        _("tổng vốn đầu tư, mọi nguồn"), _MONEY, _FLOW,
        "total_investment",
    ),
    "investment_public": Role(
        _("vốn đầu tư công"), _MONEY, (*_FLOW, "annual_ratio"), "disbursed"
    ),
    "population": Role(_("dân số"), _HEADS, _LEVEL, "population"),
    "poor_households": Role(
        _("số hộ nghèo"), ("households",), _LEVEL, "poor_households"
    ),
    "poverty_rate": Role(_("tỷ lệ hộ nghèo"), ("%",), _SHARE, "poverty_rate"),
    "crop_value": Role(
        _("giá trị sản phẩm trên 1 ha trồng trọt"), ("million VND/ha",),
        _LEVEL, "crop_value_per_ha",
    ),
    "new_rural": Role(
        _("danh hiệu nông thôn mới"), ("yes/no", "level"),
        ("milestone", "level_by", "annual_level"),
    ),
    "new_members": Role(
        _("đảng viên mới kết nạp"), ("people/year", "people"),
        ("annual_level", "mean_level", "cumulative"),
    ),
    "conscription": Role(
        _("giao quân, nhập ngũ so với chỉ tiêu"), ("% of plan", "people"),
        ("annual_level", "annual_ratio", "level_by"),
    ),
    "trained_workers": Role(_("lao động qua đào tạo"), ("%",), _SHARE),
    "health_insurance": Role(_("bảo hiểm y tế"), ("%",), _SHARE),
    "social_insurance": Role(_("bảo hiểm xã hội"), ("%",), _SHARE),
    "online_dossiers": Role(_("hồ sơ trực tuyến"), ("%",), _SHARE),
    "digital_signatures": Role(_("chữ ký số"), ("%",), _SHARE),
    "digital_economy": Role(
        _("kinh tế số so với GRDP"), ("%",), _SHARE
    ),
    "dti": Role(
        _("chỉ số chuyển đổi số"), ("index", "%"),
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
    base, _sign, sector = name.partition(":")
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
        return _(
            "đơn vị {units} ({wanted}) của {kind}; mức đạt vào một năm là level_by, tổng cả kỳ là "
            "cumulative",
            units=_units(wanted), wanted=" / ".join(wanted), kind=kind,
        )  # fmt: skip
    if kind == "change_per_year" and unit in _UNCHANGING:
        return _("đơn vị của một mức thay đổi từng năm")
    if kind in ("cumulative", "mean_level") and unit in ("yes/no", "rank"):
        return _("kind là level_by, annual_level hoặc milestone")
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
    base, _sign, sector = name.partition(":")
    if base in _OF_A_SECTOR and sector and name not in known:
        listed = ", ".join(one for one in known if one.startswith(f"{base}:")) or "-"
        return _("một ngành khai ở `sectors` của commune.toml: {listed}", listed=listed)
    if name not in known:
        guess = nearest(name, known)
        if guess is None:
            return _("một trong: {names}", names=", ".join(known))
        return _("một vai trò, hoặc để trống; có phải “{guess}”?", guess=guess)
    role = role_of(name)
    assert role is not None
    if kind not in role.kinds:
        kinds = ", ".join(role.kinds)
        return _(
            "kind là một trong {kinds} ({words}); chỉ tiêu khác thì để trống `role`",
            kinds=kinds,
            words=role.words,
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
    rate = _(", hoặc %/năm với average_rate") if "average_rate" in role.kinds else ""
    return _(
        "{words} tính bằng {units}{rate}; chỉ tiêu khác thì để trống `role`",
        words=role.words, units=_units(role.units), rate=rate,
    )  # fmt: skip


def _units(units: Sequence[str]) -> Text:
    """Return units in words."""
    return joined([Worded(unit_label, unit) for unit in units], " / ")
