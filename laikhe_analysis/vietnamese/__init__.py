"""Vietnamese numbers, units and words, read and written.

In Vietnamese text a dot groups thousands and a comma opens the decimals: "42.875 người" are
42,875 people and "504,276 tỷ đồng" are 504.276 billion. Read the other way round, each is wrong by
a factor of a thousand, so whatever can be read both ways is refused unless unit or range decide.
"""

from laikhe_analysis.vietnamese.labels import LABELS, evidence, label, words
from laikhe_analysis.vietnamese.numbers import (
    RARE,
    chance_words,
    format_number,
    format_percent,
    format_quantity,
    format_shortest,
    format_value,
    sentence,
)
from laikhe_analysis.vietnamese.reading import (
    Quantity,
    parse_number,
    parse_quantity,
    unit_of,
    without_marks,
)
from laikhe_analysis.vietnamese.units import (
    COUNTED,
    RATINGS,
    UNITS,
    converted,
    shifted,
    unit_label,
    word_value,
)

__all__ = [
    "COUNTED",
    "LABELS",
    "RARE",
    "RATINGS",
    "UNITS",
    "Quantity",
    "chance_words",
    "converted",
    "evidence",
    "format_number",
    "format_percent",
    "format_quantity",
    "format_shortest",
    "format_value",
    "label",
    "parse_number",
    "parse_quantity",
    "sentence",
    "shifted",
    "unit_label",
    "unit_of",
    "without_marks",
    "word_value",
    "words",
]
