"""Where the commune's own figures lead, in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "outlook.own": N_(
        "{name}: dự báo từ {n} năm số liệu, không nhìn mục tiêu, năm {last} khoảng {point:1} {unit}, "
        "tám lần trong mười từ {low:1} đến {high:1}{goal}."
    ),
    "outlook.goal": N_("; mục tiêu: {direction} {goal:=}"),
}
