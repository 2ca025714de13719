"""What is typed about a commune, read as Vietnamese write it."""

from __future__ import annotations

import re
import unicodedata

from laikhe_analysis.outputs.commands.refusal import refuse
from laikhe_analysis.records import Commune
from laikhe_analysis.vietnamese import parse_number, parse_quantity

__all__ = ["commune_of", "read_area", "read_people"]


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
    value = parse_number(text)
    if value != int(value) or value <= 0:
        raise refuse('"{text}" phải là một số người, ví dụ 8.500',
                     '"{text}" must be a whole number of people above 0, such as 8.500',
                     usage=True, text=text)  # fmt: skip
    return int(value)


def read_area(text: str) -> float:
    """Return an area as Vietnamese write it, a decimal point of one or two digits let pass. [km2]

    Raises
    ------
    ValueError
        If it is no area of a commune.

    Examples
    --------
    >>> read_area("12,5"), read_area("30.07"), read_area("30.075")
    (12.5, 30.07, 30.075)
    """
    clean = text.strip()
    if re.fullmatch(r"[0-9]+\.[0-9]{1,2}", clean):
        clean = clean.replace(".", ",")
    return parse_quantity(f"{clean} km2", plausible=(0.1, 5000)).value


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

    def year(text: str) -> int:
        if not re.fullmatch("(19|20)[0-9]{2}", text.strip()):
            raise refuse('"{text}" không phải năm, viết bốn chữ số, ví dụ 2025',
                         '"{text}" is no year; write four digits, such as 2025',
                         usage=True, text=text)  # fmt: skip
        return int(text)

    known_area = 0.0 if area.strip() in ("", "0") else read_area(area)
    own, place = (unicodedata.normalize("NFC", text).strip() for text in (name, city))
    return Commune(
        own, "", place, known_area, read_people(population), "", "", parted(predecessors), "",
        year(base_year), year(target_year), sectors=parted(sectors),
    )  # fmt: skip
