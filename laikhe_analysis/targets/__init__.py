"""Where a target of the plan stands: the gap, the pace needed, the class."""

from laikhe_analysis.targets.assessment import (
    Assessment,
    Progress,
    assess,
    assess_progress,
    back_loaded,
    required_path,
    weather_progress,
)

__all__ = [
    "Assessment",
    "Progress",
    "assess",
    "assess_progress",
    "back_loaded",
    "required_path",
    "weather_progress",
]
