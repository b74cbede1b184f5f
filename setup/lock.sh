#!/bin/sh
# Resolves the dependencies of pyproject.toml into two lock files, with hashes and without download addresses.
set -eu
tool=$(mktemp -d); trap 'rm -rf "$tool"' EXIT
"${PYTHON:-python3}" -m venv "$tool/v" && "$tool/v/bin/python" -m pip install -q uv
compile() { "$tool/v/bin/uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --quiet "$@"; }
compile --group install -o requirements.lock
compile --group dev -o requirements-dev.lock
