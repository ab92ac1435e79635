# What the scripts share. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

# Whether a candidate really is a Python of 3.12 or newer: shims can exist and fail.
is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in python3.13 python3.14 python3.12 python3 python \
    "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python \
    "$HOME"/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3; do
    if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# uv from the path, else put into a folder of ours with whatever python3 there is.
find_uv() {
  local tools="${B12_STATE:-var}/tools"
  if command -v uv >/dev/null 2>&1; then
    command -v uv
  elif [ -x "$tools/bin/uv" ] || { python3 -m venv "$tools" && "$tools/bin/python" -m pip install --quiet uv; } >&2; then
    printf '%s\n' "$tools/bin/uv"
  else
    return 1
  fi
}

make_venv() {
  local python uv
  if python=$(find_python); then
    "$python" -m venv --clear .venv && return
    say "$python cannot make a virtual environment (on Debian: apt install python3-venv); trying uv."
  fi
  if uv=$(find_uv) && "$uv" venv --quiet --seed --clear --python '>=3.12' .venv; then
    return
  fi
  say "B12 Tracker needs Python 3.12 or newer with venv, and found none. Install one (for example python3.13) and start again."
  exit 1
}

# prepare FILE: a .venv that holds exactly what FILE locks; quick when it already does.
prepare() {
  local wanted have
  wanted="$1 $(cat requirements*.txt | cksum)"
  have=$(cat .venv/.installed 2>/dev/null || true)
  if [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null; then
    case "$have" in
      "$wanted" | "requirements-dev.txt ${wanted#* }") return ;;
    esac
  else
    say "Making a virtual environment in .venv …"
    make_venv
  fi
  say "Installing what $1 names …"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
  printf '%s' "$wanted" >.venv/.installed
}
