"""What is told beside the answer of the investment study: conditions, strategies, the letter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from laikhe_analysis.checks import Text
from laikhe_analysis.data.layout import REALISED
from laikhe_analysis.investment.proceeds import Outcome
from laikhe_analysis.investment.questions import letter
from laikhe_analysis.investment.yardsticks import crop_after_sales
from laikhe_analysis.office.invest.land_market import market_rows
from laikhe_analysis.office.invest.pace import cash_paths
from laikhe_analysis.office.invest.text import FRACTIONS, by_rule, joined, marked, opened
from laikhe_analysis.office.invest.view import View, shown_for
from laikhe_analysis.scenarios import by_year
from laikhe_analysis.sensitivity import Box
from laikhe_analysis.vietnamese import label, sentence, words

__all__ = [
    "beside_text",
    "box_texts",
    "crop_texts",
    "draft_letter",
    "inventory_text",
    "market_text",
    "outside_text",
    "scenario_text",
    "strategy_text",
    "trend_text",
]


@shown_for
def market_text(view: View) -> Text:
    """Return where the market comes from, and what it leaves out where nothing is stated."""
    stated = len(market_rows(view.data))
    if not stated:
        return Text(
            "Chưa có dòng nào tên bắt đầu bằng land_ trong observations.csv: giá lấy từ các cuộc đấu "
            "giá đã thấy, mọi yếu tố khác ở mức thuận lợi nhất, nên diện tích tính ra là mức ít nhất.",
            "observations.csv holds no row of a series land_…: the price is that of the auctions "
            "seen and all else at its best, so that the areas are the least that could do.",
        )
    return sentence(
        "{n} giả định dưới đây là các dòng tên bắt đầu bằng land_ của observations.csv; chưa dòng "
        "nào là số thật của xã. Giá và lượng bán cùng lên cùng xuống; giá càng nóng thì bỏ cọc càng "
        "nhiều. Quy định điều tiết không nằm trong đó: đó là quyết định, không phải chuyện may rủi.",
        "The {n} assumptions below are the rows land_… of observations.csv; none is a fact of the "
        "commune. Prices and sales rise and fall together, and hot prices raise abandoned bids. The "
        "sharing rule is none of them: it is a decision, not a chance.",
        n=stated,
    )


@shown_for
def inventory_text(view: View) -> Text:
    """Return how far the inventory goes, or that there is none and how to give one."""
    if not view.plots:
        return Text(
            "Xã chưa có danh mục đất đấu giá, nên không bịa ra danh mục nào và không kết luận. Điền "
            "data/plots.csv thì trang này tự có kết luận; cách tính xem phần ví dụ.",
            "The commune has no inventory of land to auction, so none is made up and there is no "
            "verdict. Fill in data/plots.csv and this page has one; the example shows how.",
        )
    gross = sum(
        p.area_m2 * p.saleable_share * p.price_mode * p.sale_probability / 1000 for p in view.plots
    )
    text = sentence(
        "Danh mục có {n} khu, {a:2} ha đất ở, tiền trúng dự kiến {g:1} tỷ đồng; {rule}, phải thu "
        "{gross:3} tỷ đồng: danh mục bằng {part:0}%.",
        "The inventory holds {n} sites, {a:2} ha of plots, {g:1} billion VND of bids expected; "
        "{rule}, {gross:3} billion must be collected: the inventory is {part:0}% of it.",
        n=len(view.plots), a=view.study.verdicts[0].offered_ha or 0.0, g=gross, rule=by_rule(view),
        gross=view.need.gross, part=100 * gross / (view.need.gross or 1.0),
    )  # fmt: skip
    return marked(view, text)


@shown_for
def strategy_text(view: View) -> Text:
    """Return the strategy whose worst case falls least behind, and the safe programme."""
    best = view.study.strategies[0]
    text = sentence(
        "Phương án ít thiệt hại nhất khi gặp trường hợp xấu: đấu giá {pace}, cam kết khoảng {size:0} "
        "tỷ đồng ({part:0}% tổng vốn); xấu nhất là kém phương án tốt nhất {regret:0} tỷ đồng "
        "({market}, {rule}).",
        "What falls least behind at worst: auctions {pace}, about {size:0} billion VND committed "
        "({part:0}% of the total); at worst {regret:0} billion behind the best choice ({market}, "
        "{rule}).",
        pace=words(best["pace"]), size=best["programme"],
        part=100 * best["programme"] / view.study.total, regret=best["worst_regret"],
        market=words(best["worst_market"]), rule=words(best["worst_rule"]),
    )  # fmt: skip
    found = view.study.judged.outcomes[:1]
    return marked(view, joined([text, _other_paces(view), *map(partial(_safe, view), found)], " "))


def _other_paces(view: View) -> Text:
    """Return what the other paces lose at worst and have to bridge, at the best one's size."""
    best = view.study.strategies[0]
    same = [row for row in view.study.strategies if row["programme"] == best["programme"]]
    paths = cash_paths(view)
    parts = [
        sentence(
            "{pace}: thiệt nhiều nhất {regret:0} tỷ, ứng trước nhiều nhất {gap:0} tỷ",
            "{pace}: worst loss {regret:0} billion, at most {gap:0} billion to bridge",
            pace=words(row["pace"]), regret=row["worst_regret"],
            gap=paths[row["pace"]][1].peak_gap,
        )
        for row in same
    ]  # fmt: skip
    return sentence(
        "Các nhịp với cùng cỡ đó (tiền ứng trước là của cả tổng vốn, mục 5): {parts}.",
        "The paces at that size (money to bridge is that of the whole total, section 5): {parts}.",
        parts=joined(parts),
    )


def _safe(view: View, outcome: Outcome) -> Text:
    """Return the programme that the money covers, and what more than that means."""
    best = view.study.strategies[0]["programme"]
    text = sentence(
        "Nhưng đó chưa phải mức chắc chắn: chương trình mà tiền đất đủ chi trong 8 phần 10 trường hợp, "
        "{rule}, là {safe:0} tỷ đồng.",
        "That is not a safe amount: the programme that the money covers in 8 cases of 10, {rule}, is "
        "{safe:0} billion VND.",
        rule=by_rule(view), safe=outcome.affordable,
    )  # fmt: skip
    if outcome.affordable >= best:
        return sentence(
            "Tiền đất đủ chi mức đó trong hơn 8 phần 10 trường hợp, {rule} (đủ đến {safe:0} tỷ đồng).",
            "The money covers that in more than 8 cases of 10, {rule} (up to {safe:0} billion VND).",
            rule=by_rule(view), safe=outcome.affordable,
        )  # fmt: skip
    more = sentence(
        " Cam kết quá mức này là chấp nhận có thể nợ xây dựng; nên chỉ khởi công phần vượt khi tiền "
        "đấu giá đã về.",
        " To commit more is to accept arrears; what exceeds it should begin only once bids are paid.",
    )
    return joined([text, more], "")


@shown_for
def scenario_text(view: View, scenario: str) -> Text | None:
    """Return the same division under the rule of a scenario, None where it has no other one."""
    known = view.data.assumed.get(scenario)
    named = by_year(known).get("sharing_rule", {}) if known else {}
    names = list(dict.fromkeys(str(named[year].value) for year in sorted(named)))
    found = next((need for need in view.study.needs if names == [need.rule]), None)
    if found is None or found.gross is None or found.rule == view.rule:
        return None
    text = sentence(
        "Kịch bản {name} giả định quy định khác, “{rule}” (xã được dùng {share:0}%): cũng phép chia "
        "đó, cùng giá {price:3} triệu đồng/m², là {gross:3} tỷ đồng và {area:2} ha. Trang "
        "neu_thi_sao.html tính theo quy định này, với giá bán và tỷ lệ bán được của riêng trang đó.",
        "The {name} scenario assumes another rule, “{rule}” ({share:0}% retained): the same division "
        "at the same {price:3} million VND/m² gives {gross:3} billion VND and {area:2} ha. "
        "neu_thi_sao.html follows that rule, at a price and a part sold of their own.",
        name=words(scenario), rule=words(found.rule), share=100 * found.share, price=view.price,
        gross=found.gross, area=found.gross / (10 * view.price),
    )  # fmt: skip
    return marked(view, text)


@shown_for
def outside_text(view: View) -> Text:
    """Return what became of land-revenue plans elsewhere; a separate answer."""
    found = view.study.outside
    if found is None:
        return Text(
            "Không có trường hợp nào ở nơi khác để đối chiếu.",
            "There is no case elsewhere to compare with.",
        )
    text = sentence(
        "{text}. Nếu ở đây cũng như vậy, tổng được hưởng từ {low:3} đến {high:3} tỷ đồng. {why}",
        "{text}. If it went the same way here, {low:3} to {high:3} billion VND. {why}",
        text=found.text, low=found.total_low, high=found.total_high,
        why=Text("", "") if found.reason is None else joined(
            [opened(found.reason), Text("", "")], "."
        ),
    )  # fmt: skip
    return Text(text.vi.strip(), text.en.strip())


@shown_for
def beside_text(view: View) -> Text | None:
    """Return whether the total can be the indicator of investment from all sources."""
    rows = {one["name"]: one for one in view.study.yardsticks}
    found = rows.get(words("total_investment_per_unit"))
    if found is None:
        return None
    return sentence(
        "Vốn đầu tư từ mọi nguồn bình quân một xã, phường của thành phố là {value:0} tỷ đồng một năm, "
        "gấp {times:0} lần {plan:3} tỷ của mục này: vậy con số của kế hoạch không phải chỉ tiêu thống "
        "kê vốn đầu tư từ mọi nguồn, dù tên gọi giống nhau.",
        "Investment from all sources is {value:0} billion VND a year per commune-level unit of the "
        "city, {times:0} times the {plan:3} of this clause: the plan's number is not the statistical "
        "indicator of all-source investment, though the name is the same.",
        value=found["value"], times=1 / found["ratio"], plan=found["plan"],
    )  # fmt: skip


@shown_for
def trend_text(view: View) -> Text | None:
    """Return where the city expects its land-use fees to go; None where nothing is planned."""
    place = view.data.commune.yardsticks.get("city", "")
    rows = view.data.figures(place, "land_revenue")
    known = [row for row in rows if row.status in REALISED]
    plans = [row for row in rows if row.status == "plan"]
    if not known or not plans:
        return None
    first, last = known[-1], plans[-1]
    change = 100 * (last.value / first.value - 1)
    return sentence(
        "{place} thu {a:0} tỷ đồng tiền sử dụng đất năm {y} và dự kiến {b:0} tỷ năm {z} ({c:0}%).",
        "{place} took {a:0} billion VND of land-use fees in {y} and plans {b:0} in {z} ({c:0}%).",
        place=place, a=first.value, y=first.year, b=last.value, z=last.year, c=change,
    )  # fmt: skip


@shown_for
def crop_texts(view: View) -> tuple[Text, ...]:
    """Return what selling crop land does to the crop area and to the value per hectare."""
    value = view.data.histories().get("crop_value_per_ha")
    row = next(r for r in view.study.land if (r["rule"], r["price"]) == (view.rule, view.price))
    site, natural = row["site_ha"] / view.sold, 100 * view.data.commune.area_km2
    area = view.data.histories().get("crop_area")
    texts = [
        sentence(
            "Bán {a:2} ha đất ở cần khoảng {site:2} ha cả khu (đất ở chiếm {part:0}%), {rule}, ở giá "
            "{p:3} triệu đồng/m².",
            "{a:2} ha of plots take about {site:2} ha of sites (plots are {part:0}% of them), {rule}, "
            "at {p:3} million VND/m².",
            a=row["area_ha"] / view.sold, site=site, part=100 * view.saleable, rule=by_rule(view),
            p=view.price,
        )
    ]  # fmt: skip
    if value is not None:
        texts.append(
            sentence(
                "Nếu tất cả là đất trồng trọt, sản phẩm mất đi khoảng {lost:1} tỷ đồng mỗi năm (theo "
                "{v:0} triệu đồng/ha, {origin}). Giá trị trên một ha chỉ giữ nguyên khi đất bán đi có "
                "năng suất trung bình: bán ruộng xấu thì tỷ số tăng dù sản lượng giảm.",
                "If all of it is crop land, about {lost:1} billion VND of crops a year is lost (at "
                "{v:0} million VND/ha, {origin}). The value per ha stays only if average fields go: "
                "selling poor fields raises the ratio while the harvest falls.",
                lost=site * value.last[1] / 1000, v=value.last[1], origin=words(value.origin),
            )
        )  # fmt: skip
    if area is not None and value is not None and site < area.last[1]:
        after = crop_after_sales(area.last[1], value.last[1], site)
        texts.append(
            sentence(
                "Diện tích trồng trọt còn {after:1} ha ({change:1}%).",
                "{after:1} ha of crop land remain ({change:1}%).",
                after=after["area_after"], change=100 * after["area_change"],
            )
        )  # fmt: skip
    elif natural:
        texts.append(
            sentence(
                "Chưa có diện tích trồng trọt của xã (chuỗi crop_area); so với {n:0} ha tự nhiên thì "
                "phần bán đi là {part:1}%, so với đất trồng trọt còn lớn hơn.",
                "The crop area is not known (series crop_area); of {n:0} ha of natural area the sites "
                "are {part:1}%, and more of the crop land.",
                n=natural, part=100 * site / natural,
            )
        )  # fmt: skip
    return tuple(texts)


@shown_for
def box_texts(view: View) -> tuple[Text, ...]:
    """Return the conditions under which the total is mostly reached, rule by rule."""
    texts = []
    for outcome in view.study.judged.outcomes:
        box, name = view.study.judged.boxes[outcome.rule], words(outcome.rule)
        if box is None:
            always = outcome.probability == 1
            told = Text("luôn đạt", "always reached") if always else Text(
                "không lần tính nào đạt, nên không có điều kiện để nêu",
                "never reached in any draw, so there are no conditions to tell",
            )  # fmt: skip
        else:
            told = Text(*(_conditions(box, lang) for lang in ("vi", "en")))
        texts.append(marked(view, sentence("{rule}: {told}", "{rule}: {told}",
                                            rule=opened(name), told=told)))  # fmt: skip
    return tuple(texts)


def _conditions(box: Box, lang: str) -> str:
    """Return a box in words, fractions as per cents."""
    limits, names = {}, {}
    for name, ends in box.limits.items():
        scale = 100 if name in FRACTIONS else 1
        low, high = (None if end is None else scale * end for end in ends)
        limits[name] = (low, high)
        names[name] = label(name, lang) + (" (%)" if scale == 100 else "")
    told = replace(box, limits=limits).words(lang, names)
    return told[:1].lower() + told[1:].rstrip(".")


@shown_for
def draft_letter(view: View) -> Text:
    """Return the draft of the letter to the city: blanks where something has to be filled in."""
    commune = view.data.commune
    city = commune.city
    for word in ("thành phố ", "tỉnh "):
        city = city.removeprefix(word)
    text = letter(
        view.questions, total=view.need.total, years=view.need.years,
        commune=commune.name.removeprefix("xã "), **({"city": city} if city else {}),
    )  # fmt: skip
    if commune.city.startswith("tỉnh "):
        return Text(text.vi.replace("thành phố", "tỉnh"), text.en.replace("city", "province"))
    return text
