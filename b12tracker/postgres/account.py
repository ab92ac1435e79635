"""The system account that runs the server where the program itself runs as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from b12tracker.postgres.binaries import EmbeddedError

ACCOUNT = "b12tracker"


@dataclass(frozen=True)
class Account:
    """Who the server runs as; `ids` is None for the present user."""

    ids: tuple[int, int] | None

    @property
    def uid(self) -> int:
        """The account's user id."""
        return self.ids[0] if self.ids else os.geteuid()

    def popen(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` run as the account."""
        if self.ids is None:
            return {}
        return {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}

    def names(self) -> list[str]:
        """The system users who may connect: the present one, root, and the account."""
        names = {pwd.getpwuid(os.geteuid()).pw_name, "root", pwd.getpwuid(self.uid).pw_name}
        return sorted(names)

    def own_dir(self, directory: Path) -> None:
        """Make a private directory, and refuse one that somebody else made."""
        try:
            os.mkdir(directory, 0o700)
            if self.ids:
                os.chown(directory, *self.ids)
        except FileExistsError:
            found = os.lstat(directory)
            foreign = directory.is_symlink() or not directory.is_dir()
            if foreign or found.st_uid != self.uid or found.st_mode & 0o077:
                raise EmbeddedError(f"{directory} exists and is not this program's own.") from None


def service_account() -> Account:
    """The present user; for root, a system account made for the server."""
    if os.geteuid() != 0:
        return Account(None)
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
            + ["--shell", "/usr/sbin/nologin", ACCOUNT],
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            entry = pwd.getpwnam(ACCOUNT)  # another process may have made it meanwhile
        except KeyError:
            raise EmbeddedError(
                f"PostgreSQL does not run as root, and the account {ACCOUNT} could not be made "
                f"({made.stderr.strip()}). Start the program as an ordinary user."
            ) from None
    return Account((entry.pw_uid, entry.pw_gid))
