"""The leader's page: one screen and one sheet of paper that say what is in danger and what to decide."""

from laikhe_analysis.office.leader.page import leader_page
from laikhe_analysis.office.leader.view import look

__all__ = ["leader_page", "look"]
