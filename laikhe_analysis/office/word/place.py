"""Where and when a document is of: the words of the place and of the period."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.messages import capital, spoken_of
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.records import Commune

__all__ = ["DOTS", "bare_name", "place_values", "small"]

DOTS = "…………………………"
"""A blank to fill in by hand."""

_KINDS = ("xã", "phường", "thị trấn", "đặc khu", "thành phố", "tỉnh", "quận", "huyện")
_PARTS = {
    "Q1": ("quý I năm {}", "9 tháng cuối năm {}"),
    "H1": ("6 tháng đầu năm {}", "6 tháng cuối năm {}"),
    "9M": ("9 tháng năm {}", "3 tháng cuối năm {}"),
}


def bare_name(name: str) -> tuple[str, str]:
    """Return the word for the kind of a place, "" where there is none, and its name without it.

    Examples
    --------
    >>> bare_name("xã Mẫu Sơn"), bare_name("Mẫu Sơn")
    (('xã', 'Mẫu Sơn'), ('', 'Mẫu Sơn'))
    """
    kind = next((kind for kind in _KINDS if name.lower().startswith(f"{kind} ")), "")
    return kind, name[len(kind) :].strip()


def small(text: str) -> str:
    """Return a name as it stands within a sentence; one that begins with capitals as it is.

    Examples
    --------
    >>> small("Hộ nghèo"), small("MTTQ")
    ('hộ nghèo', 'MTTQ')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def place_values(commune: Commune, at: AsOf, *, internal: bool) -> dict[str, Any]:
    """Return the words of a template that say where and when."""
    kind, name = bare_name(commune.name)
    whole = at.last_full_year == at.year
    past, ahead = (f"năm {at.year}", f"năm {at.year + 1}") if whole else (
        words.format(at.year) for words in _PARTS[{"Q2": "H1", "Q3": "9M"}.get(at.period, at.period)]
    )  # fmt: skip
    return {
        "don_vi": commune.name, "DON_VI": commune.name.upper(), "dia_danh": name,
        "loai": kind or "xã", "Loai": capital(kind or "xã"),
        "cap_tren": commune.city or DOTS, "CAP_TREN": (commune.city or DOTS).upper(),
        "loai_tren": spoken_of().above, "tu_nam": commune.base_year + 1, "den_nam": commune.target_year,
        "nam": at.year, "nam_truoc": at.year - 1, "nam_sau": at.year + 1, "ky": past,
        "sap_toi": ahead, "SAP_TOI": ahead.upper(), "ca_nam": whole, "noi_bo": internal,
        "cham_lung": DOTS,
    }  # fmt: skip
