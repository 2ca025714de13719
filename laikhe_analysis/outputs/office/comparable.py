"""When two communes' numbers may stand side by side, and when they may be divided by heads."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import sentence, written_unit

__all__ = ["told", "why_not_comparable", "why_not_per_head"]

UNCLEAR = "chưa rõ"
"""What a definition in a file says while it is open."""


def why_not_comparable(
    names: Sequence[str],
    targets: Sequence[Target],
    known: Sequence[AnnualSeries | None],
) -> Text | None:
    """Return in what the communes' numbers differ, None when they are comparable.

    Parameters
    ----------
    names : sequence of str
        The communes.
    targets : sequence of Target
        Their targets of one kind.
    known : sequence of AnnualSeries or None
        What measures each.

    Examples
    --------
    >>> def income(prices):
    ...     return Target("1-income", "1", "1", "economy", Text("a", "a"), "million VND", "level_by",
    ...                   "at_least", 60, price_basis=prices)
    >>> why_not_comparable("AB", [income("current"), income("constant 2010")], [None, None]).en
    'other price bases (A: current; B: constant 2010)'
    """
    bases = [{t.price_basis, *([s.price_basis] if s and t.kind != "average_rate" else [])}
             for t, s in zip(targets, known, strict=True)]  # fmt: skip
    if any("not stated" in basis for basis in bases):
        open_ = [n for n, basis in zip(names, bases, strict=True) if "not stated" in basis]
        return sentence("chưa ghi cơ sở giá ({names})", "price basis not stated ({names})",
                        names=", ".join(open_))  # fmt: skip
    aspects: dict[Text, Callable[[int], str]] = {
        Text("khác đơn vị", "other units"): lambda i: written_unit(targets[i].unit),
        Text("khác cơ sở giá", "other price bases"): lambda i: ", ".join(sorted(bases[i])),
        Text("khác loại chỉ tiêu", "other kinds"): lambda i: _sort(targets[i]),
        Text("khác kỳ", "other periods"): lambda i: _period(targets[i]),
        Text("khác định nghĩa", "other definitions"): lambda i: _definition(targets[i]),
    }
    for words, of in aspects.items():
        values = [of(i) for i in range(len(targets))]
        if len({value.casefold() for value in values}) > 1:
            return told(words, names, values)
    return None


def _sort(target: Target) -> str:
    """Return what sort of number a target's value is."""
    return target.kind if target.kind in ("cumulative", "average_rate", "milestone") else "level"


def _period(target: Target) -> str:
    """Return from when on a sum or a mean runs; nothing for a level."""
    return str(target.base_year) if target.kind in ("cumulative", "average_rate") else ""


def _definition(target: Target) -> str:
    """Return the definition without the remark behind it ("Lưu ý: ...")."""
    plain = unicodedata.normalize("NFC", target.definition).partition("Lưu ý")[0]
    return " ".join(plain.split()).rstrip(" .")


def told(words: Text, names: Sequence[str], values: Sequence[str]) -> Text:
    """Return in what the communes differ, each with what it has."""
    blank = Text("chưa nêu", "not stated")
    vi, en = (
        "; ".join(f"{name}: {value or blank.pick(lang)}"
                  for name, value in zip(names, values, strict=True))
        for lang in ("vi", "en")
    )  # fmt: skip
    return Text(f"{words.vi} ({vi})", f"{words.en} ({en})")


def why_not_per_head(datasets: Sequence[Dataset]) -> Text | None:
    """Return why the communes' populations are not comparable, None when they are."""
    communes = [data.commune for data in datasets]
    kinds = [" ".join(c.population_definition.split()) for c in communes]
    if all(kinds) and not any(UNCLEAR in kind for kind in kinds) and len(set(kinds)) == 1:
        return None
    why = told(Text("dân số khác định nghĩa hoặc chưa rõ", "populations of other definitions"),
                [c.name for c in communes], kinds)  # fmt: skip
    return sentence("Không chia bình quân đầu người: {why}.", "Nothing per head: {why}.", why=why)
