"""What is typed about a commune, read as Vietnamese write it."""

from __future__ import annotations

import re
import unicodedata

from laikhe_analysis.messages import _
from laikhe_analysis.office.numbers import number_of
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.records import Commune
from laikhe_analysis.vietnamese import LABELS, without_marks

__all__ = ["commune_of", "read_area", "read_people", "read_sector", "read_year"]


def read_people(text: str) -> int:
    """Return a number of people as Vietnamese write it: 8.500 or 8500.

    Raises
    ------
    ValueError
        If it is not a whole number above 0.

    Examples
    --------
    >>> read_people("8.500"), read_people("8500")
    (8500, 8500)
    """
    return int(number_of("--population", text, "people", low=1, high=1e8))


def read_area(text: str) -> float:
    """Return an area as Vietnamese write it, a decimal point let pass where it can be none else. [km2]

    Raises
    ------
    ValueError
        If it is no area of a commune.

    Examples
    --------
    >>> read_area("12,5"), read_area("30.07"), read_area("30.075")
    (12.5, 30.07, 30.075)
    """
    return number_of("--area", text, "km2", low=0.1, high=5000)


def read_year(text: str) -> int:
    """Return a year of four digits.

    Raises
    ------
    RefusalError
        If it is none.

    Examples
    --------
    >>> read_year("2025")
    2025
    """
    if not re.fullmatch("(19|20)[0-9]{2}", text.strip()):
        raise refuse(
            _('"{text}" không phải năm, viết bốn chữ số, ví dụ 2025', text=text), usage=True
        )
    return int(text)


_SECTORS = {
    "cong nghiep": "industry", "cong nghiep xay dung": "industry",
    "cong nghiep va xay dung": "industry", "dich vu": "services", "thuong mai dich vu": "services",
    "thuong mai va dich vu": "services", "nong nghiep": "agriculture",
    "nong lam nghiep thuy san": "agriculture", "nong lam nghiep va thuy san": "agriculture",
    "nong lam thuy san": "agriculture", "nong nghiep thuy san": "agriculture",
    "du lich": "tourism",
}  # fmt: skip
"""Names of sectors as people type them, without marks, and the names that files use."""


def read_sector(text: str) -> str:
    """Return the name that files use for a sector: Vietnamese names are translated.

    A name that is not known is written in small plain letters.

    Examples
    --------
    >>> read_sector("Công nghiệp - xây dựng"), read_sector("congnghiep"), read_sector("tourism")
    ('industry', 'industry', 'tourism')
    >>> read_sector("Làng nghề")
    'lang_nghe'
    """
    clean = text.strip()
    plain = re.fullmatch("[a-z][a-z0-9_]*", clean) is not None
    if clean in LABELS or (plain and _joined(clean) not in _JOINED):
        return clean
    simple = " ".join(re.findall("[a-z0-9]+", without_marks(clean)))
    return _SECTORS.get(simple) or _JOINED.get(_joined(simple)) or simple.replace(" ", "_")


def _joined(text: str) -> str:
    """Return a text without the signs between its words."""
    return re.sub("[^a-z0-9]", "", text)


_JOINED = {_joined(name): sector for name, sector in _SECTORS.items()}


def commune_of(
    *,
    name: str,
    city: str,
    population: str,
    area: str,
    predecessors: str,
    sectors: str,
    base_year: str,
    target_year: str,
) -> Commune:
    """Return the commune that typed words tell of; lists are parted by semicolons.

    Raises
    ------
    ValueError
        If a number cannot be read.

    Examples
    --------
    >>> found = commune_of(name="xã Ví Dụ", city="", population="8.500", area="0",
    ...     predecessors="Ví; Dụ", sectors="tourism", base_year="2020", target_year="2025")
    >>> found.population, found.predecessors, found.sectors
    (8500, ('Ví', 'Dụ'), ('tourism',))
    """

    def parted(text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(";") if part.strip())

    for option, text in (("--name", name), ("--city", city)):
        if len(text) > 100 or not text.isprintable():
            raise refuse(
                _(
                    "{option}: gặp “{got}”; cần một tên trên một dòng, không quá 100 chữ",
                    option=option,
                    got=repr(text)[1:-1][:40],
                ),
                usage=True,
            )
    known_area = 0.0 if area.strip() in ("", "0") else read_area(area)
    own, place = (unicodedata.normalize("NFC", text).strip() for text in (name, city))
    return Commune(
        own, "", place, known_area, read_people(population), "", "", parted(predecessors), "",
        read_year(base_year), read_year(target_year), sectors=tuple(map(read_sector, parted(sectors))),
        labels={read_sector(x): x for x in parted(sectors) if read_sector(x) not in (*LABELS, x)},
    )  # fmt: skip
