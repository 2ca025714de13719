"""Chances in the words of frequencies: no more digits than an assumed chance has."""

from laikhe_analysis.messages import Message, _

__all__ = ["how_often"]


def how_often(chance: float) -> Message:
    """Return a chance as so many times in ten, or in a hundred where it is far from a half.

    Parameters
    ----------
    chance : float
        [fraction]

    Raises
    ------
    ValueError
        If it is no fraction from 0 to 1.

    Examples
    --------
    >>> [str(how_often(p)) for p in (0.72, 0.0076, 0.004, 0.96, 0.997)]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['khoảng 7 trong 10', 'khoảng 1 trong 100', 'chưa đến 1 trong 100', 'khoảng 96 trong 100',
     'trên 99 trong 100']
    """
    if not 0 <= chance <= 1:
        raise ValueError(f"`chance` must be a fraction from 0 to 1, got {chance}.")
    if chance < 0.005:
        return _("chưa đến 1 trong 100")
    if chance > 0.995:
        return _("trên 99 trong 100")
    if 0.095 <= chance <= 0.945:
        return _("khoảng {n:0} trong 10", n=round(10 * chance))
    return _("khoảng {n:0} trong 100", n=round(100 * chance))
