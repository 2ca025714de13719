"""The report as a Word document, in the forms that offices use."""

from laikhe_analysis.office.word.document import (
    DOCUMENTS,
    write_document,
    write_documents,
)

__all__ = [
    "DOCUMENTS",
    "write_document",
    "write_documents",
]
