"""What is said to readers: Vietnamese stands in the code, English in a gettext catalogue.

`_("tăng {rate:1%}/năm", rate=0.12)` makes a `Message`, which is put into words when it is shown, in
one language. `Text(vi, en)` is for what comes from the data in both: a name that a commune typed.
"""

from laikhe_analysis.messages.catalogue import (
    N_,
    Message,
    Text,
    Worded,
    _,
    capitalised,
    joined,
    language,
    speaking,
)
from laikhe_analysis.messages.formatting import LANGUAGES, capital, safe_side, write
from laikhe_analysis.messages.place import placed, speak_of, spoken_of

__all__ = [
    "LANGUAGES",
    "N_",
    "Message",
    "Text",
    "Worded",
    "_",
    "capital",
    "capitalised",
    "joined",
    "language",
    "placed",
    "safe_side",
    "speak_of",
    "speaking",
    "spoken_of",
    "write",
]
