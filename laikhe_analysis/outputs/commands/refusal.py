"""The error of a command that will not do what it was asked, in two languages."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.vietnamese import sentence

__all__ = ["RefusalError", "refuse"]


class RefusalError(ValueError):
    """What was asked is not done; `text` says why and what to do, `code` is the exit code."""

    def __init__(self, text: Text, code: int = 1) -> None:
        self.text, self.code = text, code
        super().__init__(f"{text.vi} / {text.en}")


def refuse(vi: str, en: str, *, usage: bool = False, **values: object) -> RefusalError:
    """Return the refusal that two templates tell, as `vietnamese.sentence` fills them.

    Parameters
    ----------
    vi, en : str
        Templates.
    usage : bool
        Whether the command was used wrongly, rather than something being wrong with the data.
    **values
        What the names in the templates stand for.

    Examples
    --------
    >>> refuse("hỏng: {name}", "damaged: {name}", name="a.whl").text.en
    'damaged: a.whl'
    """
    return RefusalError(sentence(vi, en, **values), 2 if usage else 1)
