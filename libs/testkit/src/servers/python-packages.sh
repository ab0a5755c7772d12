#!/usr/bin/env bash
# Puts the Python packages of a list into a virtual environment of their own: `python-packages.sh REQUIREMENTS DIRECTORY`. `installed-for` in it says for what it was made; where that
# is so already, nothing happens. Whoever comes second waits. Ends with 3 where Python cannot make one.
set -euo pipefail
needs=$1 place=$2
mkdir -p "$(dirname "$place")"
exec 9>"$place.lock"
flock 9
if cmp -s "$needs" "$place/installed-for"; then exit 0; fi
python3 -c 'import ensurepip, venv' 2>/dev/null || { printf '%s\n' 'python3 with virtual environments is not installed (Debian: python3-venv)' >&2; exit 3; }
rm -rf "$place"
python3 -m venv "$place"
"$place/bin/python" -m pip install --quiet --disable-pip-version-check -r "$needs" >&2
cp "$needs" "$place/installed-for"
