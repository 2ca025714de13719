"""Forecasts of the commune's own series in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "forecast.own": N_(
        ". Dự báo từ {n} năm số liệu của xã, không nhìn mục tiêu: năm {last} khoảng {point:1} {unit}, "
        "tám lần trong mười từ {low:1} đến {high:1}"
    ),
}
