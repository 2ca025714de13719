"""What was found, as values: computed once, put into words by `language.wordings`."""

from laikhe_analysis.findings.finding import Finding

__all__ = ["Finding"]
