"""The one table of what every column of every file holds: the reader, the checks and the guide."""

from __future__ import annotations

from laikhe_analysis import records
from laikhe_analysis.checks import tidy
from laikhe_analysis.data.cells import (
    Reader,
    choice,
    day,
    fraction,
    number,
    optional,
    origin,
    unit,
    whole,
    words,
    year,
)
from laikhe_analysis.data.column import Column

__all__ = ["COLUMNS", "MAY_BE_ABSENT", "NEEDS", "SAME_SHAPE"]


def _number_or_name(cell: str) -> float | str:
    """Return the number in a cell, or the name of a rule."""
    return number(cell) if cell.strip()[:1] in set("-0123456789") else words(cell)


def _text(says: str) -> Column:
    """Return a column of any text."""
    return Column(says, tidy)


def _share(says: str) -> Column:
    """Return a column of shares. [fraction]"""
    return Column(says, fraction, "ratio", least=0, most=1)


def _price(says: str) -> Column:
    """Return a column of prices of land. [million VND per m2]"""
    slips = {"VND": 1e-6, "thousand VND": 1e-3, "billion VND": 1e3}
    return Column(says, number, "million VND/m2", least=0, usual=(0.05, 1_000), slips=slips)


def _cost(says: str, read: Reader = number) -> Column:
    """Return a column of costs. [billion VND]"""
    slips = {"million VND": 1e-3, "VND": 1e-9}
    return Column(says, read, "billion VND", least=0, usual=(0.001, 50_000), slips=slips)


_SOURCE = Column("mã nguồn, có trong `sources.csv`", words)
_ORIGIN = Column("độ tin cậy của căn cứ (xem từ vựng)", origin)
_BASIS = Column("cơ sở giá (xem từ vựng)", choice(records.PRICE_BASES))
_STATUS = Column("tình trạng (xem từ vựng)", choice(records.STATUSES))
_UNIT = Column("đơn vị: tên đã biết (ở dưới) hoặc chữ khác, ghi đúng như vậy ở mọi dòng", unit)
_NOTE = _text("ghi chú")
_STREAM = Column("loại nguồn thu từ đất (xem từ vựng)", choice(records.STREAMS))

COLUMNS: dict[str, dict[str, Column]] = {
    "sources.csv": {
        "source_id": Column("mã, viết thường không dấu, dùng ở cột `source_id` của các tệp khác", words),
        "title": Column("văn bản, trang nào; số, ngày", words),
        "publisher": _text("cơ quan, báo ban hành"),
        "url": _text("địa chỉ trang web"),
        "published": _text("ngày công bố, NĂM-THÁNG-NGÀY hoặc ngắn hơn"),
    },
    "targets.csv": {
        "target_id": Column("mã chỉ tiêu, không đổi; chương trình không đọc nghĩa từ mã", words),
        "item": _text("mục mà báo cáo đếm; để trống nếu không thuộc mục nào"),
        "clause": Column("mục trong kế hoạch", words),
        "group": Column("nhóm (xem từ vựng)", words),
        "name_vi": Column("tên gọi ngắn", words),
        "name_en": Column("tên tiếng Anh; không có thì giữ tiếng Việt", tidy, default=""),
        "role": Column("vai trò: con số này là gì đối với phép tính (xem từ vựng); để trống là chỉ "
                       "theo dõi", tidy, default=""),
        "unit": _UNIT,
        "kind": Column("cách đo (xem từ vựng)", choice(records.KINDS)),
        "direction": Column("chiều (xem từ vựng)", choice(records.DIRECTIONS)),
        "value": Column("mức; đầu thấp khi kế hoạch ghi một khoảng", number, "row"),
        "value_high": Column("đầu cao của khoảng; không thì để trống", optional(number), "row"),
        "base_year": Column("năm xuất phát", year),
        "target_year": Column("năm đích, sau năm xuất phát", year),
        "price_basis": _BASIS,
        "tolerance": Column("dung sai, cùng đơn vị, không quá một phần năm của mức",
                            optional(number, 0.0), "row", least=0),
        "noise": Column("mức thay đổi chưa nói lên điều gì (sai số điều tra, làm tròn), cùng đơn vị",
                        optional(number, 0.0), "row", least=0, default=0.0),
        "due": Column("số tháng sau khi hết năm thì có số của năm ấy: 0 là ngay cuối năm, 3 là cuối "
                      "tháng 3 năm sau, -5 là cuối tháng 7 năm ấy; chưa rõ thì để trống",
                      optional(whole), "months", least=-11, most=24, default=None),
        "owner": _text("cơ quan theo dõi"),
        "access": Column("công khai hay nội bộ (xem từ vựng)", choice(records.ACCESS)),
        "definition": _text("định nghĩa và chỗ dễ nhầm"),
        "version": _text("văn bản, bộ tiêu chí kèm ngày"),
        "source_id": _SOURCE,
    },
    "milestones.csv": {
        "target_id": Column("chỉ tiêu, có trong `targets.csv`", words),
        "year": Column("năm trong kỳ kế hoạch", year),
        "value": Column("mức kế hoạch đặt cho năm ấy, cùng đơn vị với chỉ tiêu", number),
    },
    "tasks.csv": {
        "task_id": Column("mã nhiệm vụ", words),
        "clause": Column("mục trong kế hoạch", words),
        "name_vi": Column("tên gọi ngắn", words),
        "name_en": Column("tên tiếng Anh; không có thì giữ tiếng Việt", tidy, default=""),
        "target_ids": _text("các chỉ tiêu mà nhiệm vụ phục vụ, cách nhau bằng `;`"),
    },
    "observations.csv": {
        "series_id": Column("tên chuỗi (ở dưới) hoặc một `target_id`", words),
        "area": Column("xã cũ mà số này là của nó, tên như trong `commune.toml`; để trống là cả xã",
                       tidy, default=""),
        "year": Column("năm", year),
        "period": Column("kỳ, cộng dồn từ đầu năm (xem từ vựng)", choice(records.PERIODS)),
        "value": Column("số liệu", optional(number), "row"),
        "low": Column("đầu thấp của số giả định", optional(number), "row"),
        "high": Column("đầu cao của số giả định", optional(number), "row"),
        "unit": _UNIT,
        "price_basis": _BASIS,
        "status": _STATUS,
        "origin": _ORIGIN,
        "source_id": _SOURCE,
        "recorded_on": Column("ngày ghi, không sau hôm nay", day),
        "import_id": _text("mã lần nhập, do lệnh nhập tự điền"),
        "note": _NOTE,
    },
    "reference.csv": {
        "entity": Column("địa phương", words),
        "series_id": Column("tên chuỗi", words),
        "year_from": Column("năm đầu, chỉ điền khi là bình quân nhiều năm", optional(year)),
        "year": Column("năm", year),
        "value": Column("số liệu", number, "row"),
        "unit": _UNIT,
        "price_basis": _BASIS,
        "status": _STATUS,
        "origin": _ORIGIN,
        "confidence": Column("`high`, `medium`, `low`; `low` không vào phép tính nào",
                             choice(records.CONFIDENCES)),
        "source_id": _SOURCE,
        "note": _NOTE,
    },
    "breaks.csv": {
        "series_id": Column("chuỗi của xã hoặc `target_id`; chuỗi của nơi khác viết `địa phương/chuỗi`",
                            words),
        "year": Column("năm đầu tiên theo cách tính mới: không so sánh qua năm ấy", year),
        "why": Column("vì sao", words),
        "source_id": _SOURCE,
    },
    "premises.csv": {
        "key": Column("mã của điều phải lựa chọn", words),
        "judgement": Column("điều phải lựa chọn", words),
        "reading": Column("một cách hiểu; dòng đầu của mỗi mã là cách đang dùng", words),
        "decides": Column("những con số đổi theo, cách nhau bằng `;`", words),
        "source_id": _SOURCE,
    },
    "scenarios.csv": {
        "scenario": Column("tên kịch bản", words),
        "inherits": _text("kịch bản lấy làm nền"),
        "variable": Column("biến", words),
        "year_from": Column("năm đầu", year),
        "year_to": Column("năm cuối", year),
        "value": Column("giá trị, hoặc tên một quy định điều tiết", _number_or_name, "row"),
        "unit": _UNIT,
        "origin": _ORIGIN,
        "source_id": _SOURCE,
        "approved_by": _text("người duyệt"),
        "note": _text("vì sao"),
    },
    "sharing.csv": {
        "rule": Column("tên quy định", words),
        "stream": _STREAM,
        "year_from": Column("năm đầu; các dòng của một quy định và loại nguồn nối nhau, theo thứ tự", year),
        "year_to": Column("năm cuối", year),
        "central": _share("phần trung ương; bốn phần cộng lại bằng 1"),
        "city": _share("phần thành phố, tỉnh"),
        "commune": _share("phần xã"),
        "city_returned": _share("phần của thành phố được điều tiết lại xã"),
        "unassigned": _share("phần chưa rõ của ai"),
        "cost_deducted_first": _share("phần chi phí trừ trước khi chia"),
        "status": Column("`adopted`, `proposal`, `statement` hoặc `assumption`", words),
        "origin": _ORIGIN,
        "source_id": _SOURCE,
    },
    "plots.csv": {
        "plot_id": Column("mã khu, lô", words),
        "name": Column("tên", words),
        "stream": _STREAM,
        "run_by": _text("cấp tổ chức"),
        "area_m2": Column("diện tích", number, "m2", least=0, usual=(50, 3_000_000),
                          slips={"ha": 1e4, "km2": 1e6}),
        "saleable_share": _share("phần diện tích bán được"),
        "price_low": _price("giá thấp"),
        "price_mode": _price("giá hay gặp"),
        "price_high": _price("giá cao"),
        "cost": _cost("chi phí", optional(number, 0.0)),
        "year": Column("năm đấu giá, trong kỳ kế hoạch hoặc gần đó", year),
        "quarter": Column("quý", choice(("1", "2", "3", "4"))),
        "sale_probability": _share("khả năng bán được"),
        "origin": _ORIGIN,
        "note": _NOTE,
    },
    "projects.csv": {
        "project_id": Column("mã dự án", words),
        "name": Column("tên", words),
        "cost": _cost("tổng mức đầu tư; nhu cầu vốn mỗi năm một cột, như `y2026`"),
        "source_of_funds": _text("nguồn vốn; có chữ thành phố (tỉnh) thì vốn `city` mới trả cho dự án, và "
                                 "vốn của xã chỉ trả thêm khi có cả chữ xã"),
        "arrears": _cost("nợ đọng", optional(number, 0.0)),
        "order": Column("thứ tự ưu tiên", whole, "rank", least=0, most=1_000),
        "stage": Column("`advance` hoàn ứng, `ongoing` chuyển tiếp, `new` khởi công mới",
                        optional(choice(records.PROJECT_STAGES), "new"), default="new"),
        "origin": _ORIGIN,
        "note": _NOTE,
    },
    "capital.csv": {
        "year": Column("năm ngân sách", year),
        "kind": Column("loại vốn: `own_share` phần xã hưởng theo tỷ lệ đang áp dụng, `assigned` vốn đã "
                       "giao trong kế hoạch đầu tư công trung hạn, `city` vốn thành phố hỗ trợ",
                       choice(records.CAPITAL_KINDS)),
        "amount": _cost("số vốn"),
        "decision": _text("số, ngày của quyết định, nghị quyết; để trống thì số vốn chưa được tính"),
        "origin": _ORIGIN,
        "note": _NOTE,
    },
    "land_revenue_realisation.csv": {
        "unit": Column("địa phương", words),
        "level": Column("cấp", words),
        "period": Column("kỳ", words),
        "ratio": Column("thực hiện chia kế hoạch", number, "ratio", least=0, usual=(0.001, 20),
                        slips={"%": 1e-2}),
        "what": Column("số gì", words),
        "is_full_year_land_fee": Column("`yes` nếu là tiền sử dụng đất cả năm, không thì `no`",
                                        choice(("yes", "no"))),
        "source_id": _SOURCE,
    },
}  # fmt: skip
"""What each column of each file holds."""

NEEDS = _cost("nhu cầu vốn của năm", optional(number, 0.0))
"""The column of a project for each year of the plan."""

SAME_SHAPE = {"plots_example.csv": "plots.csv"}
MAY_BE_ABSENT = {"milestones.csv", "breaks.csv", "premises.csv", "plots.csv", "plots_example.csv",
                 "projects.csv", "capital.csv", "land_revenue_realisation.csv"}  # fmt: skip
