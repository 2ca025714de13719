@echo off
rem laikhe.bat report, laikhe.bat check ... ; a double click makes the report.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
pushd "%~dp0"
if not exist ".venv\Scripts\python.exe" (
  echo Chua cai: chay install.bat truoc. / Not installed yet: run install.bat first.
  popd
  pause
  exit /b 1
)
if "%~1"=="" goto report
".venv\Scripts\python.exe" -X utf8 -c "import sys; sys.argv[0] = 'laikhe'; from laikhe_analysis.cli import main; main()" %*
set "LAIKHE_CODE=%ERRORLEVEL%"
popd
exit /b %LAIKHE_CODE%

:report
".venv\Scripts\python.exe" -X utf8 -c "import sys; sys.argv[0] = 'laikhe'; from laikhe_analysis.cli import main; main()" report
set "LAIKHE_CODE=%ERRORLEVEL%"
if "%LAIKHE_CODE%"=="0" start "" "build\report\index.html"
popd
pause
exit /b %LAIKHE_CODE%
