"""How numbers and words are written: Vietnamese is the source, English a gettext catalogue."""

from laikhe_analysis.messages import LANGUAGES, N_, Message, _, language, speaking, write

__all__ = ["LANGUAGES", "N_", "Message", "_", "language", "speaking", "write"]
