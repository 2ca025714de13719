"""What only the city can settle, each question with what hangs on it, and the letter that asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laikhe_analysis.checks import Text
from laikhe_analysis.investment.requirements import Requirement, requirement
from laikhe_analysis.land.sharing import check_rules, line_for, retained_share
from laikhe_analysis.records import SharingRule
from laikhe_analysis.vietnamese import format_number, format_percent, label

__all__ = ["Question", "letter", "questions"]


@dataclass(frozen=True)
class Question:
    """A question to settle. `stake` is what the answer moves in gross fees. [billion VND]"""

    code: str
    text: Text
    stake: float | None


def questions(
    total: float,
    rules: Sequence[SharingRule],
    *,
    years: Sequence[int],
    stream: str = "commune_run",
    left_from: int | None = None,
    received: float = 0.0,
) -> tuple[Question, ...]:
    """Return the questions to the city: of which revenue first, then by what hangs on them.

    Parameters
    ----------
    total : float
        Money wanted. [billion VND]
    rules : sequence of SharingRule
        The plan's rule first, then those that may hold instead.
    years : sequence of int
        Budget years of the plan. [year]
    stream : str
    left_from : int, optional
        First year that is still open. [year]
    received : float
        Money already retained. [billion VND]

    Returns
    -------
    tuple of Question

    Raises
    ------
    ValueError
        If there is no rule, or as `requirement`.
    TypeError
        If `rules` are none.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> plan = SharingRule("plan", (ShareLine("commune_run", 2026, 2030, 0, 0.45, 0.15, 1, 0.4, 0,
    ...                                       "plan", "statement"),))
    >>> [q.code for q in questions(300, [plan], years=range(2026, 2031))]
    ['which_revenue', 'city_part', 'next_regime', 'cost_first', 'streams']
    """
    check_rules(rules)
    needs = [
        requirement(total, r, years=years, stream=stream, left_from=left_from, received=received)
        for r in rules
    ]
    asked = [
        _city_part(needs[0]),
        _which_rule(needs),
        _cost_first(needs[0], rules[0]),
        _next_regime(needs[0], rules[0], received),
    ]
    ranked = sorted((q for q in asked if q is not None), key=lambda q: -(q.stake or 0.0))
    return (_which_revenue(needs[0]), *ranked, _streams(stream))


def _both(value: float, decimals: int = 3) -> tuple[str, str]:
    return format_number(value, decimals, "vi"), format_number(value, decimals, "en")


def _which_revenue(need: Requirement) -> Question:
    (t_vi, t_en), (r_vi, r_en) = _both(need.total), _both(need.share * need.total)
    share = format_percent(need.share, 0)
    gross = need.gross or 0.0
    g_vi, g_en = _both(gross)
    text = Text(
        f"Tổng {t_vi} tỷ đồng và tỷ lệ {share} được tính trên khoản thu nào? Nếu là tiền sử dụng "
        f"đất và {t_vi} tỷ đồng là phần được hưởng thì phải thu {g_vi} tỷ đồng; nếu {t_vi} tỷ đồng "
        f"là số thu thì chỉ được hưởng {r_vi} tỷ đồng.",
        f"Of which revenue are the total of {t_en} billion VND and the {share} computed? If of "
        f"land-use fees, and the total is what is retained, {g_en} billion must be collected; if "
        f"the total is what is collected, only {r_en} billion is retained.",
    )
    return Question("which_revenue", text, gross - need.total)


def _city_part(need: Requirement) -> Question | None:
    """Ask whether the city's part comes back, and what is needed if it does not."""
    if need.gross is None or need.parts is None or not need.parts.city_returned:
        return None
    returned = format_percent(need.share - need.own_share, 0)
    own = need.total / need.own_share if need.own_share else None
    g_vi, g_en = _both(need.gross)
    tail = ("", "") if own is None else _both(own)
    text = Text(
        f"Phần {returned} thuộc ngân sách thành phố có được bổ sung lại cho xã không, theo văn bản "
        "nào, cho công trình nào, vào thời điểm nào?"
        + (f" Nếu không, số phải thu tăng từ {g_vi} lên {tail[0]} tỷ đồng." if own else ""),
        f"Does the {returned} that belongs to the city's budget come back to the commune, under "
        "which document, for which works, and when?"
        + (f" If not, the fees needed rise from {g_en} to {tail[1]} billion VND." if own else ""),
    )
    return Question("city_part", text, None if own is None else own - need.gross)


def _which_rule(needs: Sequence[Requirement]) -> Question | None:
    """Ask which rule holds now, with the range of what the rules would ask."""
    known = [need for need in needs if need.gross is not None]
    if len(known) < 2:
        return None
    low, high = (pick(known, key=lambda n: n.gross or 0.0) for pick in (min, max))
    (l_vi, l_en), (h_vi, h_en) = _both(low.gross or 0.0), _both(high.gross or 0.0)
    stream = known[0].stream
    text = Text(
        f"Tỷ lệ điều tiết đang áp dụng cho {label(stream)} là bao nhiêu cho từng cấp? Số phải thu "
        f"đi từ {l_vi} tỷ đồng ({label(low.rule)}) đến {h_vi} tỷ đồng ({label(high.rule)}).",
        f"Which shares hold now for {label(stream, 'en')}, level by level? What must be collected "
        f"goes from {l_en} billion VND ({label(low.rule, 'en')}) to {h_en} "
        f"({label(high.rule, 'en')}).",
    )
    return Question("which_rule", text, (high.gross or 0.0) - (low.gross or 0.0))


def _cost_first(need: Requirement, rule: SharingRule, cost: float = 0.25) -> Question | None:
    """Ask whether shares apply before or after costs, with a quarter as the case shown."""
    if need.gross is None or line_for(rule, need.stream, need.years[0]).cost_deducted_first:
        return None
    after = need.gross / (1 - cost)
    (g_vi, g_en), (a_vi, a_en), k = _both(need.gross), _both(after), format_percent(cost, 0)
    text = Text(
        "Tỷ lệ điều tiết tính trên toàn bộ số thu hay trên số còn lại sau khi trừ chi phí bồi "
        f"thường, hạ tầng? Nếu trừ trước, ví dụ {k}, số phải thu tăng từ {g_vi} lên {a_vi} "
        "tỷ đồng.",
        "Do the shares apply to all that is collected, or to what is left after compensation and "
        f"infrastructure? If, say, {k} is taken first, the need rises from {g_en} to {a_en} "
        "billion VND.",
    )
    return Question("cost_first", text, after - need.gross)


def _next_regime(need: Requirement, rule: SharingRule, received: float) -> Question | None:
    """Ask what holds for the years left, with what each year would need."""
    if need.left_gross_per_year is None:
        return None
    lines = [line_for(rule, need.stream, year) for year in need.left_years]
    own = sum((1 - line.cost_deducted_first) * line.commune for line in lines)
    kept = sum(retained_share(rule, need.stream, year) for year in need.left_years)
    first, last = need.left_years[0], need.left_years[-1]
    (n_vi, n_en), (r_vi, r_en) = _both(need.left_gross_per_year), _both(received)
    so_far = Text(f"đã được hưởng {r_vi} tỷ đồng", f"taking {r_en} billion as retained so far")
    if not received:
        so_far = Text("chưa được hưởng khoản nào", "if nothing has been retained so far")
    worse = need.left_gross_per_year * kept / own if own else None
    w_vi, w_en = ("", "") if worse is None else _both(worse)
    stake = None if worse is None else (worse - need.left_gross_per_year) * len(need.left_years)
    text = Text(
        f"Từ năm {first} đến năm {last} áp dụng tỷ lệ nào? Theo tỷ lệ của kế hoạch, mỗi năm còn "
        f"lại phải thu {n_vi} tỷ đồng (nếu đến nay {so_far.vi})"
        + (f"; nếu chỉ còn phần của xã thì {w_vi} tỷ đồng." if worse else "."),
        f"Which shares hold from {first} to {last}? By the plan's shares each year left needs "
        f"{n_en} billion VND ({so_far.en})"
        + (f"; with the commune's own part alone {w_en}." if worse else "."),
    )
    return Question("next_regime", text, stake)


def _streams(stream: str) -> Question:
    text = Text(
        f"Ngoài {label(stream)}, các nguồn khác ({label('conversion')}; {label('interspersed')}; "
        f"{label('state_land')}) có được tính vào tổng không, theo tỷ lệ nào?",
        f"Besides {label(stream, 'en')}, do other streams ({label('conversion', 'en')}; "
        f"{label('interspersed', 'en')}; {label('state_land', 'en')}) count, and at which shares?",
    )
    return Question("streams", text, None)


def letter(
    asked: Sequence[Question],
    *,
    total: float,
    years: Sequence[int],
    commune: str = "…………",
    city: str = "…………",
    number: str = "……",
    place_and_date: str = "…………, ngày …… tháng …… năm ……",
) -> Text:
    """Return a draft of the letter that puts the questions to the city.

    Parameters
    ----------
    asked : sequence of Question
    total : float
        Money wanted. [billion VND]
    years : sequence of int
        Budget years of the plan. [year]
    commune, city, number, place_and_date : str
        Blanks to fill by hand when left out.

    Returns
    -------
    Text
        A draft in the layout of an official letter, one paragraph a line; the English is a
        translation for the reader, not for sending.

    References
    ----------
    .. [1] Decree 30/2020/NĐ-CP on records work: the parts of an official letter.

    Examples
    --------
    >>> letter([], total=300, years=[2026, 2030], commune="A", city="B").vi.splitlines()[1]
    'ỦY BAN NHÂN DÂN XÃ A'
    """
    first, last = min(years), max(years)
    t_vi, t_en = _both(total)
    numbered = [
        "\n".join(f"{k}. {one.text.pick(lang)}" for k, one in enumerate(asked, 1))
        for lang in ("vi", "en")
    ]
    vi = f"""DỰ THẢO
ỦY BAN NHÂN DÂN XÃ {commune.upper()}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/UBND-KT
V/v đề nghị hướng dẫn tỷ lệ điều tiết tiền sử dụng đất giai đoạn {first} - {last}
{place_and_date}
Kính gửi: Ủy ban nhân dân thành phố {city}; Sở Tài chính thành phố {city}
Kế hoạch của xã xác định tổng vốn đầu tư giai đoạn {first} - {last} là {t_vi} tỷ đồng, tính trên \
cơ sở tỷ lệ điều tiết các khoản thu. Để có căn cứ xây dựng kế hoạch đầu tư công và danh mục đất \
đấu giá, Ủy ban nhân dân xã đề nghị được hướng dẫn các nội dung sau:
{numbered[0]}
Ủy ban nhân dân xã trân trọng đề nghị Ủy ban nhân dân thành phố, Sở Tài chính xem xét, hướng dẫn.
Nơi nhận: Như trên; Lưu: VT, KT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH"""
    en = f"""DRAFT (translation)
People's Committee of {commune} commune
No. {number}
Subject: shares of land-use fees in {first}-{last}
To: the People's Committee of {city}; the Department of Finance of {city}
The commune's plan sets total investment in {first}-{last} at {t_en} billion VND, computed on \
shares of revenue. To prepare the public investment plan and the list of land to be auctioned, the \
commune asks for guidance on the following:
{numbered[1]}
For the People's Committee, the Chairperson"""
    return Text(vi, en)
