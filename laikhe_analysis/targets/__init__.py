"""Where a target of the plan stands: the gap, the pace needed, the class."""

from laikhe_analysis.targets.assessment import assess
from laikhe_analysis.targets.kinds import Assessment
from laikhe_analysis.targets.paths import back_loaded, required_path
from laikhe_analysis.targets.progress import Progress, assess_progress

__all__ = [
    "Assessment",
    "Progress",
    "assess",
    "assess_progress",
    "back_loaded",
    "required_path",
]
