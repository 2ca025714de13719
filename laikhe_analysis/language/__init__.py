"""How numbers and words are written: Vietnamese is the source, English a gettext catalogue."""

from laikhe_analysis.language.catalogue import LANGUAGES, N_, Message, _, language, speaking
from laikhe_analysis.language.formatting import write

__all__ = ["LANGUAGES", "N_", "Message", "_", "language", "speaking", "write"]
