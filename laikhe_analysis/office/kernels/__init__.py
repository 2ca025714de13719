"""Kernels for notebooks: forked from one process that has what they import, where that can be."""

from laikhe_analysis.office.kernels.nursery import open_nursery

__all__ = ["open_nursery"]
