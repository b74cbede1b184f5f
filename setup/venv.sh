#!/bin/sh
# Makes the virtual environment $1 and installs lock file $2 into it, hashes checked, then the project itself.
set -eu
venv=$1; lock=$2; python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Entraide needs Python 3.11 or newer; '$python' is older or missing. Try: make PYTHON=/path/to/python3.11" >&2; exit 1; }
if [ ! -x "$venv/bin/python" ]; then
    echo "1/3 virtual environment ($venv)"
    "$python" -m venv "$venv" || {
        rm -rf "$venv"
        echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
fi
echo "2/3 dependencies, hashes checked ($lock)"
# --no-compile: Python compiles what it imports; compiling everything takes half of the time to the first page.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile --require-hashes -r "$lock"
echo "3/3 entraide itself"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --no-index -e .
