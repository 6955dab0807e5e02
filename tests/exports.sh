#!/bin/sh
# Has the exports of the policies read by programs that we did not write.
#
#   tests/exports.sh [PROGRAM]     PROGRAM is the `janji` to test, by default the one that cargo built last
set -eu

cd "$(dirname "$0")/.."
tools=$(tests/tools.sh)
janji=${1:-${CARGO_TARGET_DIR:-target}/debug/janji}
[ -x "$janji" ] || { echo "$janji is not there: cargo build -p janji" >&2; exit 1; }
"$tools/python" tests/exports.py "$janji"
