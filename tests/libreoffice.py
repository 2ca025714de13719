"""Workbooks recalculated by LibreOffice, which does so only when it is told to."""

import subprocess

from conftest import program

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(files, place, kind):
    """Save files once more by LibreOffice, with all formulas recalculated on loading."""
    office = program("soffice", "libreoffice")
    registry = place / "profile" / "user" / "registrymodifications.xcu"
    if not registry.exists():
        registry.parent.mkdir(parents=True)
        registry.write_text(PROFILE, "utf-8")
    subprocess.run(
        [office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
         "--convert-to", kind, "--outdir", str(place / "done"), *map(str, files)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
