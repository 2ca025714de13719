"""The workbook with live formulas."""

from laikhe_analysis.office.excel.book import write_workbook

__all__ = ["write_workbook"]
