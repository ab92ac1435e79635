"""This project's embedded server, and where its cluster lies."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import tempfile
from pathlib import Path

from b12tracker.postgres.account import Account, service_account
from b12tracker.postgres.server import Embedded
from b12tracker.state import state_dir

COMMON = Path("/var/lib/b12tracker")


def embedded_server() -> Embedded:
    """This process's view of the server in the state directory."""
    return _server_in(state_dir() / "postgres")


@functools.cache
def _server_in(directory: Path) -> Embedded:
    return Embedded(server_home(directory))


def server_home(wanted: Path) -> Path:
    """`wanted`, or what it is a link to.

    Root's home is closed to the account that runs the server, and stays so: a
    directory that the account can reach is made under `/var/lib/b12tracker`,
    and `wanted` becomes a link to it, which moves with the state directory.
    """
    account = service_account()
    if account.ids and not wanted.exists() and not _reachable(wanted.parent, account):
        wanted.parent.mkdir(parents=True, exist_ok=True)
        COMMON.mkdir(parents=True, exist_ok=True)
        COMMON.chmod(0o755)
        made = Path(tempfile.mkdtemp(dir=COMMON))
        made.chmod(0o755)
        try:
            wanted.symlink_to(made, target_is_directory=True)
        except FileExistsError:  # another process was first
            with contextlib.suppress(OSError):
                made.rmdir()
    return wanted.resolve()


def _reachable(directory: Path, account: Account) -> bool:
    """Whether the account may pass through every existing directory on the way."""
    return all(
        _may_pass(os.stat(d), account) for d in (directory, *directory.parents) if d.exists()
    )


def _may_pass(found: os.stat_result, account: Account) -> bool:
    uid, gid = account.ids or (os.geteuid(), os.getegid())
    if found.st_uid == uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
