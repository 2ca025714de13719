"""What figures are called in tables: abbreviations, other names, and how alike two names are."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable

from laikhe_analysis.office.forms.foreign.headings import simple

__all__ = ["OF_SECTOR", "likeness", "other_names", "weights_of", "without_prices", "words_of"]

_SHORT = {
    "gtsx": "gia tri san xuat", "gtsp": "gia tri san pham", "nsnn": "ngan sach nha nuoc",
    "nsx": "ngan sach xa", "ns": "ngan sach", "bhyt": "bao hiem y te", "bhxh": "bao hiem xa hoi",
    "thcs": "trung hoc co so", "ntm": "nong thon moi", "tthc": "thu tuc hanh chinh",
    "bq": "binh quan", "bqdn": "binh quan dau nguoi", "cn": "cong nghiep", "xd": "xay dung",
    "cnxd": "cong nghiep xay dung", "dv": "dich vu", "tm": "thuong mai", "tmdv": "dich vu thuong mai",
    "nn": "nong nghiep", "nlts": "nong lam thuy san", "nlnts": "nong lam thuy san",
    "ttcn": "tieu thu cong nghiep", "sdd": "su dung dat", "vdt": "von dau tu", "dtc": "dau tu cong",
    "dtxh": "dau tu xa hoi", "hdnd": "hoi dong nhan dan", "ubnd": "uy ban nhan dan", "ld": "lao dong",
    "sx": "san xuat", "kd": "kinh doanh", "vneid": "dinh danh dien tu", "tnbq": "thu nhap binh quan",
    "qsdd": "quyen su dung dat", "hs": "hoc sinh", "sp": "san pham", "ngu": "thuy san",
    "cds": "chuyen doi so",
}  # fmt: skip
"""Abbreviations in tables, and words that mean the same."""

_JOINED = {
    "thu nhap": "thunhap", "chi so": "chiso", "chi bo": "chibo", "chi tieu": "chitieu",
    "khong ke": "tru", "khong bao gom": "tru", "khong gom": "tru", "khong tinh": "tru",
    "khong co": "tru", "chua ke": "tru", "ngu nghiep": "thuy san", "thuy hai san": "thuy san",
    "toan xa hoi": "toanxahoi", "can ngheo": "canngheo", "su dung dat": "sudungdat",
    "tong so": "", "ho so": "hoso", "thu tuc hanh chinh": "hoso",
    "ngan sach xa": "ngansachxa", "nguoi dan": "nguoi", "dan so tham gia": "nguoi tham gia",
}  # fmt: skip
_IDLE = {"cua", "cac", "va", "theo", "o", "tai", "la", "duoc", "ve", "so", "ty", "le", "thuc", "hien",
         "tong", "nam", "muc", "co", "cho", "den", "voi", "ke", "trong", "dat", "tu", "xa",
         "phuong", "tinh", "thanh", "pho", "gia"}  # fmt: skip
_DECISIVE = {"thu", "chi", "tru", "canngheo", "giam", "nu", "xuat", "nhap", "thunhap", "sudungdat",
             "giao", "tang", "dau", "moi", "nguoi", "cong", "thoat", "tai", "phat",
             "ngansachxa"}  # fmt: skip
"""Words of little weight, and words that make another figure of a name."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "population": ("dân số", "dân số trung bình", "tổng dân số"),
    "party_members": ("tổng số đảng viên",),
    "income_per_capita": ("thu nhập bình quân đầu người", "thu nhập bình quân đầu người/năm"),
    "crop_value_per_ha": ("giá trị sản phẩm trên 1 ha đất trồng trọt",
                          "giá trị sản phẩm thu hoạch trên 1 ha đất canh tác",
                          "giá trị sản xuất trên 1 ha đất trồng trọt"),
    "collected_revenue": ("thu ngân sách nhà nước trên địa bàn", "tổng thu ngân sách",
                          "tổng thu ngân sách nhà nước trên địa bàn", "thu ngân sách trên địa bàn"),
    "recurrent_revenue": ("thu ngân sách không kể tiền sử dụng đất",
                          "thu nội địa trừ tiền sử dụng đất",
                          "thu ngân sách trên địa bàn không kể tiền sử dụng đất"),
    "assigned_revenue": ("dự toán thu được giao", "dự toán thu ngân sách thành phố giao"),
    "assigned_revenue_without_land": ("dự toán thu được giao không kể tiền sử dụng đất",),
    "council_revenue": ("dự toán thu hội đồng nhân dân xã giao",),
    "commune_revenue": ("thu ngân sách xã", "thu ngân sách xã được hưởng", "tổng thu ngân sách xã"),
    "land_revenue": ("tiền sử dụng đất", "thu tiền sử dụng đất"),
    "total_product": ("tổng giá trị sản phẩm", "tổng giá trị sản xuất", "GRDP", "giá trị sản xuất"),
    "total_investment": ("tổng vốn đầu tư toàn xã hội", "vốn đầu tư thực hiện trên địa bàn"),
    "public_investment": ("vốn đầu tư công", "kế hoạch vốn đầu tư công"),
    "disbursed": ("giải ngân vốn đầu tư công", "thực hiện giải ngân vốn đầu tư công"),
    "growth_total_product": ("tốc độ tăng tổng giá trị sản phẩm", "tốc độ tăng GRDP",
                             "tốc độ tăng giá trị sản xuất", "tăng trưởng kinh tế"),
}  # fmt: skip
"""Names by which the commune's own series go in tables."""

_SECTOR_NAMES = {
    "agriculture": ("nông, lâm nghiệp và thủy sản", "nông nghiệp", "nông, lâm, thủy sản"),
    "industry": ("công nghiệp - xây dựng", "công nghiệp, tiểu thủ công nghiệp - xây dựng"),
    "services": ("dịch vụ", "thương mại - dịch vụ"),
    "tourism": ("du lịch",),
}
OF_SECTOR = {
    "growth_": (
        "%/year",
        ("tốc độ tăng {}", "tốc độ tăng GRDP {}", "tốc độ tăng giá trị sản xuất {}"),
    ),
    "share_": ("%", ("tỷ trọng {}", "cơ cấu kinh tế {}")),
    "product_": ("billion VND", ("giá trị sản phẩm {}", "giá trị sản xuất {}", "GRDP {}")),
}


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name that tell: no marks, no years, no abbreviations.

    Examples
    --------
    >>> words_of("Tỷ lệ tham gia BHYT năm 2022")
    ('ty', 'le', 'tham', 'gia', 'bao', 'hiem', 'y', 'te')
    """
    plain = re.sub(r"\b(nam )?(19|20)\d\d\b|%|/", " ", simple(text))
    plain = " ".join(_SHORT.get(one, one) for one in plain.split())
    for phrase, joined in _JOINED.items():
        plain = re.sub(rf"\b{phrase}\b", joined, plain)
    return tuple(plain.split())


def other_names(name: str) -> list[str]:
    """Return the names by which a series goes in tables.

    Examples
    --------
    >>> other_names("land_revenue"), other_names("growth_tourism")[0]
    (['tiền sử dụng đất', 'thu tiền sử dụng đất'], 'tốc độ tăng du lịch')
    """
    for prefix, (_, patterns) in OF_SECTOR.items():
        sector = name.removeprefix(prefix)
        if sector != name and sector in _SECTOR_NAMES:
            return [p.format(one) for p in patterns for one in _SECTOR_NAMES[sector]]
    return list(_ALIASES.get(name, ()))


def without_prices(name: str) -> str:
    """Return a name without what it says of prices and of adding up."""
    bare = re.sub(r"\((giá|riêng kỳ)[^)]*\)", "", name)
    return re.sub(r"(?i)(theo )?giá (so sánh|hiện hành|cố định|thực tế)( năm)?( \d{4})?", "", bare)


def weights_of(names: Iterable[tuple[str, ...]]) -> dict[str, float]:
    """Return how much each word tells: those of many names little."""
    listed = list(names)
    counts = Counter(one for name in listed for one in set(name))
    return {
        one: math.log(1 + len(listed) / count) * (0.25 if one in _IDLE else 1.0)
        for one, count in counts.items()
    }


def likeness(mine: tuple[str, ...], name: tuple[str, ...], weights: dict[str, float]) -> float:
    """Return how alike two names are, from 0 to 1."""
    strange = max(weights.values(), default=1.0)

    def weight(words: Iterable[str]) -> float:
        return sum(
            weights.get(one, strange * (0.25 if one in _IDLE else 0.8)) for one in set(words)
        )

    shared, apart = set(mine) & set(name), set(mine) ^ set(name)
    dice = 2 * weight(shared) / ((weight(mine) + weight(name)) or 1)
    if dice < 0.25:  # the order of the words makes no match of these
        return dice
    order = difflib.SequenceMatcher(None, " ".join(mine), " ".join(name)).ratio()
    other = 0.3 if {"thu", "chi"} <= apart else 0.7 if apart & _DECISIVE else 1.0
    digits = [{one for one in words if one.isdigit()} for words in (mine, name)]
    if digits[0] != digits[1]:
        other *= 0.7 if all(digits) else 0.9
    return float((0.85 * dice + 0.15 * order) * other)
