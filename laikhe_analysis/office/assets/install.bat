@echo off
rem Cai dat khong can mang / installs with no network. Only ASCII here: the words come from Python.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
pushd "%~dp0"
set "LAIKHE_PYTHON="
py -3.11 -c "pass" >nul 2>nul && set "LAIKHE_PYTHON=py -3.11"
py -3.12 -c "pass" >nul 2>nul && set "LAIKHE_PYTHON=py -3.12"
py -3.13 -c "pass" >nul 2>nul && set "LAIKHE_PYTHON=py -3.13"
if not defined LAIKHE_PYTHON (
  python -c "import sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12), (3, 13)])" >nul 2>nul && set "LAIKHE_PYTHON=python"
)
if not defined LAIKHE_PYTHON (
  echo Khong thay Python 3.11, 3.12 hoac 3.13. Xem huong-dan.html, buoc 1.
  echo No Python 3.11, 3.12 or 3.13 was found: see huong-dan.html, step 1.
  start "" "huong-dan.html"
  popd
  pause
  exit /b 1
)
%LAIKHE_PYTHON% -X utf8 install.py %*
set "LAIKHE_CODE=%ERRORLEVEL%"
popd
pause
exit /b %LAIKHE_CODE%
