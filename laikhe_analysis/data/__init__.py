"""Read a commune's folder: CSV and TOML into records and series, every problem at once."""

from laikhe_analysis.data.dataset import Realisation
from laikhe_analysis.data.folder import load
from laikhe_analysis.data.frames import About, Dataset

__all__ = [
    "About",
    "Dataset",
    "Realisation",
    "load",
]
