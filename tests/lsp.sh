#!/bin/sh
# Opens a policy in Neovim with `janji lsp` as its language server, and looks at what an author would see.
#
#   tests/lsp.sh [PROGRAM]     PROGRAM is the `janji` to test, by default the one that cargo built last
set -eu

cd "$(dirname "$0")/.."
tests/tools.sh >/dev/null
janji=${1:-${CARGO_TARGET_DIR:-target}/debug/janji}
[ -x "$janji" ] || { echo "$janji is not there: cargo build -p janji" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

sed 's/^for     = \["support"\]/for     = ["suport"]/' crates/cli/src/init/policy.toml >"$work/policy.toml"
XDG_STATE_HOME=$work XDG_CACHE_HOME=$work XDG_DATA_HOME=$work JANJI=$janji \
  timeout 120 nvim --headless --clean -n "$work/policy.toml" -c 'luafile tests/lsp.lua'
