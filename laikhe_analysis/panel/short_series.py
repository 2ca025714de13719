"""What is usual for series of two to four years.

Measured 2026-11-27 by `benchmarks/measure.py` on indicators of the World Bank and Gapminder and the
Penn World Table 10.01 (all CC BY 4.0; one half of the world's countries, without Viet Nam) and on
yearly series of the M3 contest (Makridakis and Hibon 2000).
"""

__all__ = ["ERRORS", "MONEY_GROWTH", "USUAL_GROWTH"]

USUAL_GROWTH = 0.030
"""Growth to which a series of unknown kind is drawn. [fraction per year]"""
MONEY_GROWTH = 0.059
"""The same for money at current prices. [fraction per year]"""
ERRORS = (-3.13, -1.58, -0.7, 0.0, 0.69, 1.57, 3.3)
"""Logarithm of actual over forecast, in spreads, by level of `CLASS_LEVELS`."""
