"""The investment total in words."""

from laikhe_analysis.language.catalogue import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "investment.no_target.not_computable": N_(
        "Kế hoạch không đặt tổng vốn đầu tư từ tiền sử dụng đất, nên không có gì để tính."
    ),
    "investment.no_rule.not_computable": N_(
        "Chưa có quy định điều tiết nào cho biết xã được dùng bao nhiêu tiền sử dụng đất trong mọi "
        "năm của kế hoạch (sharing.csv), nên chưa tính được tổng vốn cần thu bao nhiêu."
    ),
    "investment.answer": N_(
        "Mục {clause}: {total:=} tỷ đồng trong {first}-{last}. Theo {rule}, là tiền đề của phép tính, "
        "xã được dùng {share:%} số thu{cost}.{received} Từ năm {left_from} phải thu {gross:1} tỷ đồng "
        "tiền sử dụng đất, bình quân mỗi năm {per_year:1} tỷ. {land}.{verdict}"
    ),
    "investment.needed": N_(
        "Từ năm {left_from} phải thu {gross:1} tỷ đồng tiền sử dụng đất, bình quân mỗi năm {per_year:1} "
        "tỷ, khi xã được dùng {share:%} số thu{cost}."
    ),
    "investment.planned": N_(
        "Nếu xã được dùng {share:%} số thu{cost}{before} thì cả giai đoạn phải thu {gross:3} tỷ đồng "
        "tiền sử dụng đất."
    ),
    "investment.cost_first": N_(" còn lại sau khi trừ chi phí ({cost:1%} số thu, {source})"),
    "investment.cost_of_rule": N_("theo quy định điều tiết"),
    "investment.cost_of_land": N_("theo danh mục khu đất"),
    "investment.cost_of_given": N_("theo mức đã cho"),
    "investment.received": N_(
        " Của {collected:1} tỷ đồng đã thu, xã được hưởng {received:1} tỷ{before}, còn thiếu "
        "{missing:1} tỷ."
    ),
    "investment.before_costs": N_(" (chưa trừ chi phí)"),
    "investment.land": N_("Diện tích đất ở phải đem đấu giá: {areas}"),
    "investment.area": N_(
        "nếu {case}, khoảng {price:1} triệu đồng/m², thì {half:1} ha để có khoảng 50% khả năng đủ "
        "vốn và {safe:1} ha để có khoảng 80%"
    ),
    "investment.no_area": N_("nếu {case} thì không diện tích nào là đủ"),
    "investment.no_inventory": N_(
        " Chưa đủ căn cứ kết luận có đủ vốn hay không: xã chưa có danh mục khu đất đấu giá."
    ),
    "investment.inventory": N_(
        "Danh mục {n} khu, {area:1} ha đất ở: sau chi phí và điều tiết, đến hết năm {last} xã dự kiến "
        "được dùng tổng cộng {mean:1} tỷ đồng, so với {missing:1} tỷ còn thiếu; {chance} đủ vốn, kết "
        "luận: {verdict}{sure}{more}"
    ),
    "investment.sure": N_(
        "; tám trong mười trường hợp được từ {safe:1} tỷ trở lên, so với số còn thiếu là hụt {short:1} tỷ"
    ),
    "investment.chance_about": N_("khoảng {p:0%} khả năng"),
    "investment.chance_rare": N_("chưa đến 1% khả năng"),
    "investment.chance_sure": N_("trên 99% khả năng"),
    "investment.more_land": N_(
        "; để có khoảng 80% khả năng cần {area:1} ha đất như trong danh mục"
    ),
    "investment.range": N_(
        "Quy định điều tiết quyết định: phải thu từ {low:0} tỷ đồng ({least}) đến {high:0} tỷ đồng "
        "({most})."
    ),
    "investment.no_programme": N_(
        "Chưa có danh mục dự án (projects.csv) để đặt cạnh {total:=} tỷ đồng của chỉ tiêu. {money}."
    ),
    "investment.none_determined": N_(
        "Chưa có vốn nào xác định được nguồn (capital.csv), nên chưa có mức khởi công nào là an toàn"
    ),
    "investment.determined": N_(
        "Vốn đã xác định được nguồn là {determined:1} tỷ đồng: phần xã hưởng theo tỷ lệ đang áp dụng "
        "{own_share:1}, vốn đã giao {assigned:1}, vốn thành phố có quyết định {city:1}"
    ),
    "investment.programme": N_(
        "Danh mục {n} dự án từ năm {first} cần {need:1} tỷ đồng (trong đó nợ đọng {arrears:1} tỷ), so với "
        "{total:=} tỷ của chỉ tiêu. {money}; số đó trả được {funded:1} tỷ theo thứ tự nợ đọng, hoàn ứng, "
        "chuyển tiếp, khởi công mới.{short}{untied} Dự án mới đủ vốn để quyết định: {begun}; chưa cân đối "
        "đủ vốn nên chưa quyết định được: {open}."
    ),
    "investment.short": N_(" Phải bố trí trước mà còn thiếu vốn: {works}."),
    "investment.short_work": N_("{name} ({stage}) {lack:1} tỷ đồng"),
    "investment.untied": N_(
        " {amount:1} tỷ đồng vốn thành phố chưa gắn với dự án nào trong danh mục (cột nguồn vốn), nên chưa "
        "tính cho dự án nào."
    ),
    "investment.ask_which_revenue": N_(
        "Tổng {total:=} tỷ đồng và tỷ lệ {share:%} được tính trên khoản thu nào? Nếu {total:=} tỷ là "
        "phần xã được dùng thì số thu đem chia phải là {gross:3} tỷ; nếu là số thu trước điều tiết thì "
        "xã chỉ được dùng {kept:3} tỷ."
    ),
    "investment.ask_city_part": N_(
        "Phần {part:%} thuộc ngân sách thành phố có được bổ sung lại cho xã không, theo văn bản nào, "
        "cho công trình nào, vào thời điểm nào? Nếu không, số phải thu của cả giai đoạn tăng từ "
        "{gross:3} lên {alone:3} tỷ đồng."
    ),
    "investment.ask_which_rule": N_(
        "Tỷ lệ điều tiết đang áp dụng cho {stream} là bao nhiêu cho từng cấp? Số phải thu của cả giai "
        "đoạn đi từ {low:3} tỷ đồng ({least}) đến {high:3} tỷ đồng ({most})."
    ),
    "investment.ask_cost_first": N_(
        "Tỷ lệ điều tiết tính trên toàn bộ số thu hay trên số còn lại sau khi trừ chi phí bồi thường, "
        "hạ tầng? Nếu trừ trước, ví dụ {cost:0%}, số phải thu của cả giai đoạn tăng từ {gross:3} lên "
        "{after:3} tỷ đồng."
    ),
    "investment.ask_next_regime": N_(
        "Từ năm {first} đến năm {last} áp dụng tỷ lệ nào? Tính đều các năm theo {rule}, mỗi năm của giai "
        "đoạn phải thu {per_year:3} tỷ đồng; nếu chỉ còn phần của xã thì {worse:3} tỷ đồng."
    ),
    "investment.ask_streams": N_(
        "Ngoài dự án do xã làm chủ đầu tư, các nguồn thu khác từ đất (chuyển mục đích sử dụng đất, "
        "đất xen kẹp, đất công) có được tính vào tổng vốn không, theo tỷ lệ nào?"
    ),
    "investment.letter": N_(
        "**DỰ THẢO**  \nỦY BAN NHÂN DÂN {commune}  \nSố: ……/UBND-KT  \nV/v đề nghị hướng dẫn tỷ lệ điều "
        "tiết tiền sử dụng đất giai đoạn {first}-{last}  \n…………, ngày …… tháng …… năm ……\n\n"
        "Kính gửi: Ủy ban nhân dân {city}; Sở Tài chính {city}\n\nKế hoạch của xã xác định tổng vốn "
        "đầu tư giai đoạn {first}-{last} là {total:=} tỷ đồng, tính trên cơ sở tỷ lệ điều tiết các "
        "khoản thu. Để có căn cứ lập kế hoạch đầu tư công trung hạn và danh mục đất đấu giá, Ủy ban "
        "nhân dân xã đề nghị được hướng dẫn các nội dung nêu trên.\n\nNơi nhận: Như trên; Lưu: VT, "
        "KT.  \nTM. ỦY BAN NHÂN DÂN  \nCHỦ TỊCH"
    ),
}
