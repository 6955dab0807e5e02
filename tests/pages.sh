#!/bin/sh
# Opens the page of every policy, in each of its languages, in a browser: see tests/pages/pages.mjs.
#
#   tests/pages.sh [PROGRAM]   PROGRAM is the `janji` to test, by default the one that cargo built last
set -eu

cd "$(dirname "$0")/.."
tests/tools.sh >/dev/null
janji=${1:-${CARGO_TARGET_DIR:-target}/debug/janji}
[ -x "$janji" ] || { echo "$janji is not there: cargo build -p janji" >&2; exit 1; }

# Node looks for packages beside the script, so the script goes to where tools.sh put them.
packages=${XDG_CACHE_HOME:-$HOME/.cache}/janji-tools/pages-$(cksum <tests/pages/package-lock.json | cut -d ' ' -f 1)
cp tests/pages/pages.mjs "$packages/pages.mjs"
exec node "$packages/pages.mjs" "$janji" policies
