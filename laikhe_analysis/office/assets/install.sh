#!/bin/sh
# Cài đặt không cần mạng / installs with no network: sh install.sh
cd "$(dirname "$0")" || exit 1
for python in python3.13 python3.12 python3.11 python3 python; do
  if "$python" -c 'import sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12), (3, 13)])' 2>/dev/null; then
    exec "$python" -X utf8 install.py "$@"
  fi
done
echo "Không thấy Python 3.11, 3.12 hoặc 3.13: xem huong-dan.html, bước 1. / No Python 3.11 to 3.13." >&2
exit 1
