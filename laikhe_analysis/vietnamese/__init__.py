"""Vietnamese numbers, units and words, read and written.

In Vietnamese text a dot groups thousands and a comma opens the decimals: "42.875 người" are
42,875 people and "504,276 tỷ đồng" are 504.276 billion. Read the other way round, each is wrong by
a factor of a thousand, so whatever can be read both ways is refused unless unit or range decide.
"""

from laikhe_analysis.vietnamese.conversion import factor, is_unit, unified, unit_of, without_marks
from laikhe_analysis.vietnamese.labels import LABELS, evidence, label, own_words, words
from laikhe_analysis.vietnamese.notation import JUMP, is_jump, notation_of
from laikhe_analysis.vietnamese.numbers import (
    format_exact,
    format_number,
    format_percent,
    format_quantity,
    format_shortest,
    format_value,
    full_quantity,
)
from laikhe_analysis.vietnamese.reading import Asked, ReadingError, Written, read_number
from laikhe_analysis.vietnamese.units import (
    COUNTED,
    RATES,
    RATINGS,
    UNITS,
    as_written,
    converted,
    is_fraction,
    shifted,
    unit_label,
    with_unit,
    word_value,
    written_unit,
)

__all__ = [
    "COUNTED",
    "JUMP",
    "LABELS",
    "RATES",
    "RATINGS",
    "UNITS",
    "Asked",
    "ReadingError",
    "Written",
    "as_written",
    "converted",
    "evidence",
    "factor",
    "format_exact",
    "format_number",
    "format_percent",
    "format_quantity",
    "format_shortest",
    "format_value",
    "full_quantity",
    "is_fraction",
    "is_jump",
    "is_unit",
    "label",
    "notation_of",
    "own_words",
    "read_number",
    "shifted",
    "unified",
    "unit_label",
    "unit_of",
    "with_unit",
    "without_marks",
    "word_value",
    "words",
    "written_unit",
]
