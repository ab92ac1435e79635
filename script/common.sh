# What the scripts share. Sourced, not run.
set -euo pipefail
if [ -n "${B12_STATE:-}" ]; then
  case "$B12_STATE" in
    /* | "~"*) ;;
    *) B12_STATE="$PWD/$B12_STATE" ;; # as meant where it was typed
  esac
  export B12_STATE
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

# Whether a candidate really is a Python of 3.12 or newer that can make a virtual
# environment: shims can exist and fail.
is_fit() {
  "$1" -c 'import ensurepip, ssl, sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3.13 python3.14 python3.12 python3 python \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python \
    "$HOME"/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3; do
    if command -v "$candidate" >/dev/null 2>&1 && is_fit "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# uv from the path, else put into a folder of ours with whatever python3 there is.
find_uv() {
  local tools="$PWD/var/tools"
  if command -v uv >/dev/null 2>&1; then
    command -v uv
  elif [ -x "$tools/bin/uv" ] || {
    python3 -m venv "$tools" &&
      "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r script/uv.txt
  } >/dev/null 2>&1; then
    printf '%s\n' "$tools/bin/uv"
  else
    return 1
  fi
}

make_venv() {
  local python uv
  say "Making a virtual environment in .venv ..."
  if python=$(find_python); then
    "$python" -m venv --clear .venv
  elif ! { uv=$(find_uv) && "$uv" venv --quiet --seed --clear --python '>=3.12' .venv; }; then
    say "B12 Tracker needs Python 3.12 or newer with its venv module; none was found, and none could be fetched. Install one (on Debian: apt-get install python3 python3-venv), or name one: PYTHON=/path/to/python3 $0"
    exit 1
  fi
}

install_from() {
  say "Installing what $1 names ..."
  if command -v uv >/dev/null 2>&1 && uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"; then
    return
  fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
}

# is_prepared FILE: whether .venv works and was filled from FILE as it is now.
is_prepared() {
  local now have
  now=$(cat requirements*.txt | cksum)
  have=$(cat .venv/.installed 2>/dev/null) || return 1
  [ "$have" = "$1 $now" ] || [ "$have" = "requirements-dev.txt $now" ] || return 1
  .venv/bin/python -c '' 2>/dev/null
}

# prepare FILE: a .venv with what FILE locks; quick when it has that already.
prepare() {
  is_prepared "$1" && return
  mkdir -p var
  exec 9>var/setup.lock
  ! command -v flock >/dev/null 2>&1 || flock 9 # two starts at once: the second waits, then finds it done
  if ! is_prepared "$1"; then
    { is_fit .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; } || make_venv
    install_from "$1"
    printf '%s %s' "$1" "$(cat requirements*.txt | cksum)" >.venv/.installed
  fi
  exec 9>&-
}
