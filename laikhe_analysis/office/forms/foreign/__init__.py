"""A table that an office already has, in whatever layout: proposed once, known ever after."""

from laikhe_analysis.office.forms.foreign.checking import contradictions
from laikhe_analysis.office.forms.foreign.figures import Doubt, Figures, Line
from laikhe_analysis.office.forms.foreign.kept_map import LEFT_OUT, MAP_FILE, TableMap, read_map
from laikhe_analysis.office.forms.foreign.matching import candidates
from laikhe_analysis.office.forms.foreign.proposal import Proposal, propose

__all__ = [
    "LEFT_OUT",
    "MAP_FILE",
    "Doubt",
    "Figures",
    "Line",
    "Proposal",
    "TableMap",
    "candidates",
    "contradictions",
    "propose",
    "read_map",
]
