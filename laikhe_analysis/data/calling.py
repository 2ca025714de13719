"""What a commune calls its sectors: as it said, else as its plan does, never by a code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from laikhe_analysis.records import Commune, Target
from laikhe_analysis.vietnamese import LABELS

__all__ = ["sector_names"]

_ABOUT = re.compile(
    r"^(t[ỷỉ] trọng|tỷ lệ|cơ cấu|tốc độ tăng( trưởng)?|tăng trưởng|tổng sản phẩm"
    r"|(tổng )?giá trị( sản xuất| sản phẩm| tăng thêm)?)?( của)?( ngành| khu vực)?\s+",
    re.IGNORECASE,
)


def sector_names(commune: Commune, targets: Sequence[Target]) -> dict[str, str]:
    """Return what a commune calls things: its labels, and a name for each sector that has none.

    Parameters
    ----------
    commune : Commune
    targets : sequence of Target
        The name of a share ("Tỷ trọng dịch vụ - thương mại") or of a sector's growth says what a
        sector is called.

    Examples
    --------
    >>> commune = Commune("xã A", "", "", 1, 1, "", "", (), "", 2025, 2030, sectors=("nghe_ca",))
    >>> sector_names(commune, ())
    {'nghe_ca': 'nghe ca'}
    """
    found = dict(commune.labels)
    for sector in commune.sectors:
        if sector in found or sector in LABELS:
            continue
        of_it = (t for t in targets if t.role in (f"share:{sector}", f"sector:{sector}"))
        name = next((_bare(target.name.vi) for target in of_it), "") or sector.replace("_", " ")
        found |= {sector: name} if name != sector else {}
    return found


def _bare(name: str) -> str:
    """Return the sector in the name of a target: "dịch vụ" of "Tỷ trọng ngành dịch vụ (%)"."""
    rest = _ABOUT.sub("", name).partition("(")[0].partition(":")[0].strip(" .,-")
    return rest[:1].lower() + rest[1:] if rest != name else ""
