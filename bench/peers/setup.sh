#!/bin/sh
# Installs the peers of `make bench` into an environment of their own, var/peers: they stand in no lock file and Entraide never imports them.
# opacus (and with it torch) is left out: the two synthesizers that are measured do not use it.
set -eu
cd "$(dirname "$0")/../.."
target=var/peers
[ -f "$target/.ready" ] && exit 0
rm -rf "$target"
"${PYTHON:-python3}" -m venv "$target"
"$target/bin/pip" install --quiet pac-synth==0.0.8 "mbi>=1.1,<2" "disjoint-set>=0.9,<0.10" "Faker>=17" smartnoise-sql==1.0.10 networkx scipy pandas
"$target/bin/pip" install --quiet --no-deps smartnoise-synth==1.0.8
touch "$target/.ready"
