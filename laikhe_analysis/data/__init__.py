"""Read a commune's folder: CSV and TOML into records and series, every problem at once."""

from laikhe_analysis.data.folder import (
    Dataset,
    Realisation,
    load,
)

__all__ = [
    "Dataset",
    "Realisation",
    "load",
]
