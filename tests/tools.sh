#!/bin/sh
# Brings what the tests need beside Rust and a C compiler: some Python packages, in a venv in the user's cache, Neovim,
# poppler, qpdf, and Chromium with Node and the packages of tests/pages, in the cache too. Prints the folder of the venv's programs. On Debian it installs what is missing; elsewhere it says what is.
set -eu

packages="schemathesis==4.32.5 PyLD==3.3.0 openpyxl==3.1.5"
venv=${XDG_CACHE_HOME:-$HOME/.cache}/janji-tools/python-$(echo "$packages" | cksum | cut -d ' ' -f 1)

say() { echo "$@" >&2; }

missing=
for tool in cargo cc; do
  command -v "$tool" >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
  say "missing:$missing. Install Rust from https://rustup.rs and a C compiler (Debian: build-essential)."
  exit 1
fi

# install WHAT PACKAGE...: from Debian, or a word about what is missing.
install() {
  if ! command -v apt-get >/dev/null; then
    say "missing: $1."
    exit 1
  fi
  shift
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  say "installing $*"
  $sudo apt-get update -q >&2
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

command -v nvim >/dev/null || install "Neovim 0.7 or newer" neovim
command -v pdftotext >/dev/null || install "the tools of poppler" poppler-utils
command -v qpdf >/dev/null || install "qpdf" qpdf
command -v chromium >/dev/null || install "Chromium" chromium
command -v npm >/dev/null || install "Node 18.16 or newer with npm" nodejs npm

lock=$(dirname "$0")/pages/package-lock.json
pages=${XDG_CACHE_HOME:-$HOME/.cache}/janji-tools/pages-$(cksum <"$lock" | cut -d ' ' -f 1)
if ! [ -e "$pages/ready" ]; then
  say "installing the packages of tests/pages in $pages"
  rm -rf "$pages"
  mkdir -p "$pages"
  cp "$(dirname "$lock")/package.json" "$lock" "$pages"
  npm ci --prefix "$pages" --ignore-scripts --no-audit --no-fund >&2
  touch "$pages/ready"
fi

if ! [ -e "$venv/ready" ]; then
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    install "Python 3.11 or newer with its venv module" python3-venv
  fi
  say "installing $packages in $venv"
  rm -rf "$venv"
  mkdir -p "$(dirname "$venv")"
  python3 -m venv "$venv"
  # Names and versions without blanks of their own.
  # shellcheck disable=SC2086
  "$venv/bin/pip" install -q --disable-pip-version-check $packages >&2
  touch "$venv/ready"
fi
echo "$venv/bin"
