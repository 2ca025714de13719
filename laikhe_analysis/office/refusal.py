"""The error of a command that will not do what it was asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from laikhe_analysis.checks import RefusalError, nearest
from laikhe_analysis.messages import Text, _
from laikhe_analysis.vietnamese import words

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["RefusalError", "choose", "choose_rule", "choose_scenario", "refuse"]


def refuse(text: Text, *, usage: bool = False) -> RefusalError:
    """Return the refusal that says why and what to do.

    Parameters
    ----------
    text : Text
    usage : bool
        Whether the command was used wrongly, rather than something being wrong with the data.
    """
    return RefusalError(text, 2 if usage else 1)


def choose(option: str, given: str, names: Collection[str]) -> str:
    """Return what was given for an option if it is one of the names known.

    Raises
    ------
    RefusalError
        With the name most like it, and all names.

    Examples
    --------
    >>> choose("--rule", "plan_06", ["plan_60", "plan_15"])
    Traceback (most recent call last):
    laikhe_analysis.checks.RefusalError: --rule phải là một trong plan_60, plan_15; ...
    """
    if given in names:
        return given
    guess = nearest(given, names)
    hint = _(" Có phải '{guess}'?", guess=guess) if guess else ""
    raise refuse(
        _(
            "{option} phải là một trong {names}; gặp {given}.{hint}",
            option=option,
            names=", ".join(names),
            given=repr(given),
            hint=hint,
        ),
        usage=True,
    )


def choose_scenario(given: str, names: Collection[str]) -> str:
    """Return the scenario that was named.

    Raises
    ------
    RefusalError
        If there is none of that name, as `choose`; or none at all, with what to do.
    """
    if names:
        return choose("--scenario", given, names)
    raise refuse(
        _(
            "scenarios.csv chưa có kịch bản nào: ghi giả định của ít nhất một kịch bản (ví dụ co_so) rồi "
            "chạy lại; cách ghi xem README.md của thư mục dữ liệu."
        )
    )


def choose_rule(data: Dataset, given: str, option: str = "--rule") -> str:
    """Return the sharing rule that was named, if the investment total can be studied under it.

    Raises
    ------
    RefusalError
        With the rules that can be used; and with what the named one lacks, where it is known.
    """
    from laikhe_analysis.findings.investment import STREAM, usable_rules

    names, lacking = usable_rules(data)
    if not names or given in names or given not in data.rules:
        return choose(option, given, names or list(data.rules))
    raise refuse(
        _(
            "{option} {given}: quy định này không cho biết xã được dùng bao nhiêu của {stream} trong mọi "
            "năm của kế hoạch, nên không tính tổng vốn theo nó được. Chọn một trong {names}.",
            option=option,
            given=given,
            stream=words(lacking.get(given, STREAM)),
            names=", ".join(names),
        ),
        usage=True,
    )
