"""The error of a command that will not do what it was asked, in two languages."""

from __future__ import annotations

from collections.abc import Collection

from laikhe_analysis.checks import RefusalError, Text, nearest
from laikhe_analysis.vietnamese import sentence

__all__ = ["RefusalError", "choose", "choose_scenario", "refuse"]


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
    hint = Text(f" Có phải '{guess}'?", f" Did you mean '{guess}'?") if guess else Text("", "")
    raise refuse(
        "{option} phải là một trong {names}; gặp {given}.{hint}",
        "{option} must be one of {names}; got {given}.{hint}",
        usage=True, option=option, names=", ".join(names), given=repr(given), hint=hint,
    )  # fmt: skip


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
        "scenarios.csv chưa có kịch bản nào: ghi giả định của ít nhất một kịch bản (ví dụ co_so) rồi "
        "chạy lại; cách ghi xem README.md của thư mục dữ liệu.",
        "scenarios.csv holds no scenario: write the assumptions of at least one (such as co_so) and "
        "run it again; the README.md of the data folder says how.",
    )
