#!/bin/sh
# Renders all five policies in each of their languages and opens them in a browser: see pages.mjs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
janji=${JANJI:-${CARGO_TARGET_DIR:-$root/target}/debug/janji}
modules=$("$root/tests/tools.sh" | sed -n 's/^pages //p')
# Node finds packages beside a script, so the scripts go where the packages are.
cp "$here/pages.mjs" "$modules/pages.mjs"
exec node "$modules/pages.mjs" "$janji" "$root/policies"
