"""How forecasts of earlier years came out, by kind of series.

Measured 2026-11-27 by `benchmarks/measure.py` on indicators of the World Bank and Gapminder and the
Penn World Table 10.01 (all CC BY 4.0; one half of the world's countries, without Viet Nam) and on
yearly series of the M3 contest (Makridakis and Hibon 2000).
"""

__all__ = ["BANDS", "GROWTH", "RELIABILITY"]

BANDS = {
    "product": (0.59, 0.83, 322),
    "money": (0.61, 0.73, 109),
    "other": (0.51, 0.8, 3323),
}
"""By kind: share of outcomes above the point, share in the 80 % band, series."""
RELIABILITY = (
    ("product", 0, 0.02, 0.008, 0.011, 7480),
    ("product", 0.02, 0.05, 0.034, 0.034, 4425),
    ("product", 0.05, 0.1, 0.073, 0.067, 4421),
    ("product", 0.1, 0.2, 0.147, 0.169, 5446),
    ("product", 0.2, 0.3, 0.249, 0.3, 3800),
    ("product", 0.3, 0.4, 0.349, 0.422, 3044),
    ("product", 0.4, 0.5, 0.448, 0.521, 2658),
    ("product", 0.5, 0.6, 0.549, 0.606, 2098),
    ("product", 0.6, 0.7, 0.649, 0.705, 1716),
    ("product", 0.7, 0.8, 0.748, 0.763, 1245),
    ("product", 0.8, 0.9, 0.846, 0.862, 795),
    ("product", 0.9, 1, 0.934, 0.938, 288),
    ("money", 0, 0.02, 0.011, 0.214, 201),
    ("money", 0.02, 0.05, 0.036, 0.231, 445),
    ("money", 0.05, 0.1, 0.075, 0.241, 957),
    ("money", 0.1, 0.2, 0.149, 0.335, 1663),
    ("money", 0.2, 0.3, 0.25, 0.444, 1593),
    ("money", 0.3, 0.4, 0.351, 0.526, 1680),
    ("money", 0.4, 0.5, 0.45, 0.596, 1722),
    ("money", 0.5, 0.6, 0.549, 0.603, 1493),
    ("money", 0.6, 0.7, 0.648, 0.67, 1290),
    ("money", 0.7, 0.8, 0.748, 0.715, 949),
    ("money", 0.8, 0.9, 0.844, 0.782, 524),
    ("money", 0.9, 1, 0.929, 0.869, 99),
    ("other", 0, 0.02, 0.007, 0.017, 33516),
    ("other", 0.02, 0.05, 0.034, 0.046, 21463),
    ("other", 0.05, 0.1, 0.074, 0.087, 25224),
    ("other", 0.1, 0.2, 0.148, 0.159, 35110),
    ("other", 0.2, 0.3, 0.249, 0.254, 28841),
    ("other", 0.3, 0.4, 0.35, 0.346, 26081),
    ("other", 0.4, 0.5, 0.448, 0.439, 23970),
    ("other", 0.5, 0.6, 0.548, 0.534, 16513),
    ("other", 0.6, 0.7, 0.647, 0.633, 11859),
    ("other", 0.7, 0.8, 0.746, 0.738, 7972),
    ("other", 0.8, 0.9, 0.843, 0.852, 4245),
    ("other", 0.9, 1, 0.932, 0.933, 1262),
)
"""Kind, chance stated from and below, mean chance stated, share that came true, cases."""
GROWTH = (
    (-1, 0, -0.013, -0.013, 0.025, 0.073, 0.914, 315),
    (0, 0.02, 0.013, -0.009, 0.025, 0.054, 0.713, 777),
    (0.02, 0.04, 0.031, -0.001, 0.029, 0.057, 0.457, 1558),
    (0.04, 0.06, 0.048, 0.001, 0.037, 0.068, 0.315, 1136),
    (0.06, 0.08, 0.067, 0.009, 0.048, 0.082, 0.235, 464),
    (0.08, 0.1, 0.087, 0.01, 0.06, 0.109, 0.175, 171),
    (0.1, 1, 0.123, 0.003, 0.073, 0.122, 0.095, 147),
)
"""Real GDP: growth of ten years from and below, its median; 10, 50 and 90 % of the growth of
the next five years; share that kept the pace; cases. [fraction per year]"""
