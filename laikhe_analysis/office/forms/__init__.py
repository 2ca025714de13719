"""Read a filled-in form: every figure in it, or all that is in doubt; one doubt refuses it whole."""

from laikhe_analysis.office.forms.reading import Entry, read_workbook

__all__ = ["Entry", "read_workbook"]
