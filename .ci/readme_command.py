"""Print the install-and-report or the install-and-test command, as the README gives it."""

import re
import sys
from pathlib import Path

readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
wanted = {"test": "pytest", "report": "laikhe report"}[sys.argv[1]]
commands = re.findall(r"^python -m pip install .*$", readme, re.MULTILINE)
(command,) = [line for line in commands if wanted in line]
print(command)
