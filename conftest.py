"""What every test begins with, those in docstrings too."""

import os
import sys

import pytest

from laikhe_analysis.messages import speak_of

sys.dont_write_bytecode = False  # whatever the shell says: it would all be compiled every time,
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # and once more in every process that a test starts


@pytest.fixture(autouse=True)
def _spoken_of():
    """Speak of a commune of a city, whatever was loaded before."""
    speak_of()
