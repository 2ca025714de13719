"""One model: every projected quantity written once, and read by whoever needs it."""

from laikhe_analysis.model.equations import LAND, equations
from laikhe_analysis.model.evaluation import compute
from laikhe_analysis.model.lineage import Input, Lineage
from laikhe_analysis.model.printing import Sheet, excel_formula, javascript, readers_table
from laikhe_analysis.model.table import Equation, Model

__all__ = [
    "LAND",
    "Equation",
    "Input",
    "Lineage",
    "Model",
    "Sheet",
    "compute",
    "equations",
    "excel_formula",
    "javascript",
    "readers_table",
]
