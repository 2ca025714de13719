"""Read a filled-in form: every figure in it, or all that is in doubt; one doubt refuses it whole."""

from laikhe_analysis.intake.reading import (
    Entry,
    read_workbook,
)
from laikhe_analysis.intake.written import (
    full_quantity,
)

__all__ = [
    "Entry",
    "full_quantity",
    "read_workbook",
]
