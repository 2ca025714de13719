"""What every test begins with, those in docstrings too."""

import pytest

from laikhe_analysis.messages import speak_of


@pytest.fixture(autouse=True)
def _spoken_of():
    """Speak of a commune of a city, whatever was loaded before."""
    speak_of()
