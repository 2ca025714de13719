#!/bin/sh
# sh laikhe.sh report, sh laikhe.sh check ...
cd "$(dirname "$0")" || exit 1
if [ ! -x .venv/bin/python ]; then
  echo "Chưa cài: chạy sh install.sh trước. / Not installed yet: run sh install.sh first." >&2
  exit 1
fi
exec .venv/bin/python -X utf8 -c "import sys; sys.argv[0] = 'laikhe'; from laikhe_analysis.cli import main; main()" "$@"
