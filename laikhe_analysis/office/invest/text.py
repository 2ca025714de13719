"""The answer of the investment study in sentences, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.investment.verdicts import NO_VERDICT
from laikhe_analysis.office.invest.view import View, shown_for
from laikhe_analysis.vietnamese import RARE, chance_words, sentence, words

__all__ = [
    "FRACTIONS",
    "answer_rows",
    "by_rule",
    "chance_text",
    "decides_text",
    "headline",
    "joined",
    "marked",
    "no_total",
    "opened",
    "rule_text",
    "verdict_texts",
]

FRACTIONS = ("sold", "default", "collection", "cost", "in_time", "slip", "share", "sale_level",
             "price_level")  # fmt: skip
"""Inputs of the study that are fractions: shown as per cents."""


def no_total(data: Dataset) -> Text:
    """Return why there is nothing to study."""
    if data.plan.role("investment_land") is None:
        return sentence(
            "Kế hoạch của {name} không có chỉ tiêu tổng vốn đầu tư, nên không có gì để xét ở đây.",
            "The plan of {name} has no investment total: there is nothing to study here.",
            name=data.commune.name,
        )
    return Text(
        "Chưa có quy định điều tiết nào dùng được trong sharing.csv: cần dòng cho nguồn commune_run "
        "đủ mọi năm của kế hoạch, với một phần trở về xã.",
        "No sharing rule can be used: sharing.csv needs lines for commune_run in every year of the "
        "plan, with a part that comes back to the commune.",
    )


def opened(text: Text) -> Text:
    """Return a text with a capital first letter."""
    return Text(*(side[:1].upper() + side[1:] for side in text))


def joined(parts: Sequence[Text], between: str = "; ") -> Text:
    return Text(between.join(p.vi for p in parts), between.join(p.en for p in parts))


def marked(view: View, text: Text) -> Text:
    """Return a text, marked where it rests on examples."""
    return Text(view.mark(text.vi, "vi"), view.mark(text.en, "en"))


def headline(view: View | None, data: Dataset) -> Text:
    """Return the whole in two sentences: the verdict, and what would have to be true."""
    if view is None:
        return no_total(data)
    need, found = view.need, view.study.verdicts[0]
    why = Text("xã chưa có danh mục đất đấu giá", "there is no inventory of land to auction")
    if found.name != NO_VERDICT and found.probability is not None:
        why = sentence("khả năng đạt {p}", "probability {p}", p=chance_words(found.probability))
    text = sentence(
        "{verdict} ({why}). Muốn được {total:3} tỷ đồng trong {first}-{last}, {rule}, phải thu "
        "{gross:3} tỷ đồng tiền sử dụng đất, tức bán {area:2} ha đất ở nếu giá bán bình quân "
        "{price:3} triệu đồng/m²: chỉ là phép chia, coi như bán hết, thu đủ, không trừ chi phí{chance}.",
        "{verdict} ({why}). For {total:3} billion VND in {first}-{last}, {rule}, {gross:3} billion "
        "of land-use fees must be collected: {area:2} ha of plots sold at {price:3} million "
        "VND/m² on average: a bare division, with everything sold and paid and no costs{chance}.",
        verdict=opened(words(found.name)), why=why, total=need.total,
        first=need.years[0], last=need.years[-1], rule=by_rule(view), gross=need.gross,
        area=(need.gross or 0.0) / (10 * view.price), price=view.price, chance=_if_assumed(view),
    )  # fmt: skip
    return marked(view, text)


def _if_assumed(view: View) -> Text:
    """Return the chance with the land assumed, nothing where there is an inventory."""
    found = view.study.verdicts[0]
    if view.plots or found.probability is None or found.offered_ha is None:
        return Text("", "")
    return sentence(
        "; với thị trường giả định, {area:2} ha chỉ cho khả năng đủ {p}",
        "; in the market assumed {area:2} ha give a chance of {p}",
        area=found.offered_ha, p=chance_words(found.probability),
    )  # fmt: skip


def by_rule(view: View) -> Text:
    """Return the leading rule as part of a sentence."""
    return sentence("theo quy định “{rule}”", "under “{rule}”", rule=words(view.rule))


@shown_for
def rule_text(view: View) -> Text:
    """Return which rule leads the page, and what the plan's own rule would need if it does not."""
    text = sentence(
        "Trang này tính {rule}. Xem theo quy định khác: laikhe report --rule TÊN (làm lại báo cáo), "
        "laikhe invest --rule TÊN (chỉ phần này), hoặc ô RULE ở đầu sổ tính 05 khi mở bằng Jupyter; "
        "TÊN là một trong {names}.",
        "This page is computed {rule}. For another rule: laikhe report --rule NAME (the report again), "
        "laikhe invest --rule NAME (this part only), or RULE at the head of notebook 05 in Jupyter; "
        "NAME is one of {names}.",
        rule=by_rule(view), names=", ".join(need.rule for need in view.study.needs),
    )  # fmt: skip
    if view.rule == view.plan_rule.rule:
        return text
    own = next(need for need in view.study.needs if need.rule == view.plan_rule.rule)
    more = sentence(
        " Đây không phải tỷ lệ mà kế hoạch nêu: {plan}, phải thu {own:3} tỷ đồng; {rule}, phải thu "
        "{gross:3} tỷ đồng.",
        " These are not the shares that the plan names: with {plan}, {own:3} billion VND must be "
        "collected; {rule}, {gross:3} billion.",
        plan=words(own.rule), own=own.gross, rule=by_rule(view), gross=view.need.gross,
    )  # fmt: skip
    return joined([text, more], "")


@shown_for
def answer_rows(view: View) -> list[dict[str, Text]]:
    """Return the answer as questions that anybody asks, each with its `question` and `answer`."""
    need = view.need
    own, back = 100 * need.own_share, round(100 * (need.share - need.own_share), 9)
    asked = [_first_sentence(one.text) for one in view.questions]
    numbered = [Text(f"({k}) {t.vi}", f"({k}) {t.en}") for k, t in enumerate(asked, 1)]
    each = sentence(
        "{total:3} tỷ đồng trong {n} năm {first}-{last}, mỗi năm {each:3} tỷ đồng.",
        "{total:3} billion VND in the {n} years {first}-{last}, {each:3} billion a year.",
        total=need.total, n=len(need.years), first=need.years[0], last=need.years[-1],
        each=need.total / len(need.years),
    )  # fmt: skip
    whose = Text("chỉ là phần của xã", "its own part only")
    if back:
        whose = sentence(
            "gồm {own:0} đồng phần của xã và {back:0} đồng phần của thành phố nếu thành phố trả lại",
            "{own:0} of its own and {back:0} of the city's, if the city returns it",
            own=own, back=back,
        )  # fmt: skip
    shares = sentence(
        "{rule}: cứ 100 đồng thu được, xã được dùng {share:0} đồng, {whose}.",
        "{rule}: of 100 VND collected the commune can use {share:0}: {whose}.",
        rule=opened(words(need.rule)), share=100 * need.share, whose=whose,
    )  # fmt: skip
    so_far = sentence("mới được hưởng {r:3} tỷ", "{r:3} has been retained", r=view.received)
    if not view.received:
        so_far = Text("chưa được hưởng khoản nào", "nothing has been retained")
    collect = sentence(
        "{gross:3} tỷ đồng, bình quân {py:3} tỷ mỗi năm",
        "{gross:3} billion VND, {py:3} a year",
        gross=need.gross, py=need.gross_per_year,
    )  # fmt: skip
    if need.left_years[0] > need.years[0]:
        collect = sentence(
            "{all}; nếu đến hết năm {before} {so_far} thì mỗi năm trong {left} phải thu {per_left:3} "
            "tỷ",
            "{all}; if {so_far} up to {before}, {per_left:3} in every year of {left}",
            all=collect, before=need.left_years[0] - 1, so_far=so_far,
            per_left=need.left_gross_per_year or 0.0,
            left=f"{need.left_years[0]}-{need.left_years[-1]}",
        )  # fmt: skip
    collect = joined([collect, Text("", "")], ".")
    rows = [
        ("Cần bao nhiêu tiền?", "How much money?", each),
        ("Theo quy định nào?", "Under which rule?", shares),
        ("Phải thu bao nhiêu tiền sử dụng đất?", "How much in land-use fees?", collect),
        ("Bán bao nhiêu đất, giá nào, mỗi năm?", "How much land, at what price, each year?",
         _land(view)),
        ("Quy định khác thì sao?", "And under other rules?", _other_rules(view)),
        ("Chắc đến mức nào?", "How likely?", chance_text(view) or Text("", "")),
        ("Phải hỏi thành phố điều gì?", "What to ask the city?", joined(numbered, " ")),
    ]  # fmt: skip
    return [{"question": Text(vi, en), "answer": text} for vi, en, text in rows]


def _first_sentence(text: Text) -> Text:
    """Return a question without what hangs on it."""
    return Text(*(side.split("?")[0] + "?" for side in text))


def _land(view: View) -> Text:
    """Return the land to be sold at each price, in all and in each year left."""
    rows = [row for row in view.study.land if row["rule"] == view.rule]
    parts = [
        sentence(
            "giá {p:3} triệu đồng/m²: {a:2} ha, mỗi năm còn lại {h:2} ha (khoảng {n:0} lô {m:0} m²)",
            "at {p:3} million VND/m²: {a:2} ha, {h:2} ha in each year left (about {n:0} plots of "
            "{m:0} m²)",
            p=row["price"], a=row["area_ha"] / view.sold, m=row["plot_m2"],
            h=(row["plots_per_left_year"] or 0.0) * row["plot_m2"] / 1e4 / view.sold,
            n=(row["plots_per_left_year"] or 0.0) / view.sold,
        )
        for row in rows
    ]  # fmt: skip
    return joined([opened(joined(parts)), Text("", "")], ".")


def _other_rules(view: View) -> Text:
    """Return the range over the rules, and how long the commune's own share would take."""
    known = [need for need in view.study.needs if need.gross is not None]
    low, high = (pick(known, key=lambda n: n.gross or 0.0) for pick in (min, max))
    text = sentence(
        "Phải thu từ {low:3} tỷ đồng ({a}) đến {high:3} tỷ đồng ({b}).",
        "From {low:3} billion VND ({a}) to {high:3} billion ({b}).",
        low=low.gross,
        a=words(low.rule),
        high=high.gross,
        b=words(high.rule),
    )
    if view.need.own_years is None or view.need.own_share == view.need.share:
        return text
    own = sentence(
        " Nếu chỉ có phần của xã, vẫn thu {py:3} tỷ mỗi năm thì mất {n:1} năm.",
        " With the commune's own part alone, the same {py:3} a year takes {n:1} years.",
        py=view.need.gross_per_year,
        n=view.need.own_years,
    )
    return joined([text, own], "")


@shown_for
def chance_text(view: View) -> Text:
    """Return how likely the total is, or what land it would take to say so."""
    found = view.study.verdicts[0]
    offer = joined([Text("", ""), *_areas(view)], " ")
    name = opened(words(found.name))
    if found.probability is None or found.offered_ha is None:
        return marked(view, joined([name, offer], "."))
    chance = chance_words(found.probability)
    if RARE <= found.probability <= 1 - RARE:
        chance = sentence(
            "{p} (sai số mô phỏng {e:1} điểm %, chưa kể sai số của giả định)",
            "{p} (simulation error {e:1} points, besides that of the assumptions)",
            p=chance, e=100 * (found.standard_error or 0.0),
        )  # fmt: skip
    given: dict[str, Any] = {
        "name": name,
        "a": found.offered_ha,
        "rule": by_rule(view),
        "p": chance,
    }
    why = Text("", "")
    if {"sold", "collection", "in_time", "cost"} & set(view.study.market.uncertain):
        why = Text(
            ", vì đất có thể không bán hết, tiền không thu đủ hay kịp kỳ, chi phí bị trừ trước",
            ", for land may stay unsold, money unpaid or late, and costs come first",
        )
    if view.plots:
        text = sentence(
            "{name}: với {a:2} ha của danh mục, {rule}, khả năng đạt {p}.",
            "{name}: with the {a:2} ha of the inventory, {rule}, the probability is {p}.",
            **given,
        )
    else:
        text = sentence(
            "{name}, vì chưa có danh mục đất. Thử với thị trường giả định: nếu đem đấu giá {a:2} ha, "
            "{rule}, khả năng đạt là {p}{why}.",
            "{name}, for want of an inventory. With the market assumed: if {a:2} ha are offered, "
            "{rule}, the probability is {p}{why}.",
            why=why,
            **given,
        )
    return marked(view, joined([text, offer], ""))


def _areas(view: View) -> list[Text]:
    """Return the land that has to be offered for each level of confidence, lead rule."""
    areas = view.study.verdicts[0].areas_ha
    if any(area is None for area in areas.values()):
        return [Text("Không diện tích nào là đủ.", "No area would be enough.")]
    parts = [
        sentence("từ {n:0} phần 10: {a:1} ha", "{n:0} in 10 or more: {a:1} ha", a=a, n=10 * level)
        for level, a in areas.items()
    ]
    return [
        sentence("Đất ở phải đem đấu giá để khả năng đạt {parts}.",
                 "Plots to be offered for a chance of {parts}.", parts=joined(parts))
    ]  # fmt: skip


@shown_for
def decides_text(view: View) -> Text:
    """Return the three inputs that matter most, with what each does by itself."""
    parts = [
        sentence(
            "{name} ({low:0}% đến {high:0}%)", "{name} ({low:0}% to {high:0}%)",
            name=words(row["name"]), low=100 * min(row["change_low"], row["change_high"]),
            high=100 * max(row["change_low"], row["change_high"]),
        )
        for row in view.study.judged.ranking[:3]
    ]  # fmt: skip
    text = sentence(
        "Ba điều làm số tiền xã được hưởng thay đổi nhiều nhất, mỗi điều một mình: {parts}.",
        "The three things that move the money most, each by itself: {parts}.",
        parts=joined(parts),
    )
    return marked(view, text)


@shown_for
def verdict_texts(view: View) -> tuple[Text, ...]:
    """Return the verdict under every rule; and of the rules that say too little, that they do."""
    left = [
        sentence(
            "{rule}: không xét được, vì quy định không nói gì về {stream}",
            "{rule}: not studied, for it says nothing of {stream}",
            rule=opened(words(name)), stream=words(stream),
        )
        for name, stream in view.left_out.items()
    ]  # fmt: skip
    return tuple(marked(view, text) for text in (*(v.text for v in view.study.verdicts), *left))
