"""The reports as Word documents, from templates that an office may change."""

from laikhe_analysis.office.word.document import DOCUMENTS, write_document, write_documents

__all__ = [
    "DOCUMENTS",
    "write_document",
    "write_documents",
]
