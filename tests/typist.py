"""Somebody who types in LibreOffice, with the settings of a country, and saves in many ways."""

import subprocess

from conftest import program

LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>"""

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic"><![CDATA[
Function Given(name, value)
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = name
  one.Value = value
  Given = one
End Function

Function Locked(password)
  Dim parts(1) As New com.sun.star.beans.NamedValue
  parts(0).Name = "OOXPassword"
  parts(0).Value = password
  parts(1).Name = "CryptoType"
  parts(1).Value = "Standard"
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = "EncryptionData"
  one.Value = parts()
  Locked = one
End Function

Sub Fill
{forms}
End Sub
]]></script:module>"""

FORM = """
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, Array(Given("Hidden", True)))
  On Error Resume Next
{cells}
  On Error Goto 0
{saved}
  doc.close(True)
"""

XLSX, XLS, ODS = "Calc MS Excel 2007 XML", "MS Excel 97", "calc8"


def type_in(forms, *, place, locale="vi-VN"):
    """Type texts into forms in LibreOffice, as somebody of that locale would, and store them.

    Parameters
    ----------
    forms : list of (source, cells, saved)
        A file; texts by (sheet, cell); and where to store it: filter and password by path.
    place : Path
        A new folder for the profile.
    locale : str
    """
    soffice, user = program("soffice", "libreoffice"), place / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(LOCALE.format(locale=locale), encoding="utf-8")
    command = [soffice, f"-env:UserInstallation={user.parent.as_uri()}", "--headless",
               "--norestore", "--nologo"]  # fmt: skip
    subprocess.run([*command, "--terminate_after_init"], capture_output=True, timeout=120)
    text = "".join(map(_form, forms))
    module = MODULE.format(forms=text)
    (user / "basic" / "Standard" / "Module1.xba").write_text(module, encoding="utf-8")
    command.append("macro:///Standard.Module1.Fill")
    subprocess.run(command, capture_output=True, timeout=180)
    for _, _, saved in forms:
        for path in saved:
            assert path.exists(), path


def _form(form):
    """Return the lines that open a form, fill it in and store it."""
    source, cells, saved = form
    typed = (
        f'  doc.Sheets.getByName("{sheet}").getCellRangeByName("{cell}").FormulaLocal = "{text}"'
        for (sheet, cell), text in cells.items()
    )
    stored = []
    for path, (kind, password) in saved.items():
        given = [f'Given("FilterName", "{kind}")']
        given += [f'Locked("{password}")'] if password else []
        stored.append(f'  doc.storeToURL("{path.as_uri()}", Array({", ".join(given)}))')
    return FORM.format(source=source.as_uri(), cells="\n".join(typed), saved="\n".join(stored))
