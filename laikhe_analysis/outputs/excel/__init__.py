"""The workbook with live formulas."""

from laikhe_analysis.outputs.excel.book import (
    write_workbook,
)

__all__ = [
    "write_workbook",
]
