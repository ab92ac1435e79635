"""A new database cluster: made aside and renamed, so that it exists whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from b12tracker.postgres.account import Account
from b12tracker.postgres.binaries import EmbeddedError

# Nothing of the caller's locale or environment may reach the cluster.
CLEAN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
# pg_trgm asks LC_CTYPE what a letter is, whatever the locale provider.
INITDB = [
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--auth-local=peer",
    "--auth-host=reject",
    "--no-instructions",
]


def make_cluster(
    data: Path, binaries: Path, account: Account, *, database: str, role: str, alive: int
) -> None:
    """Make the cluster `data`, with one database owned by one role that is no superuser.

    `alive` is the locked file that every process of the cluster holds open: the
    programs started here inherit it, so nobody tidies up under one that outlives
    a killed caller.
    """
    for leftover in data.parent.glob(".init-*"):  # of a first start that was killed
        shutil.rmtree(leftover)
    draft = data.parent / f".init-{os.getpid()}"
    account.own_dir(draft)
    _run([str(binaries / "initdb"), "-D", str(draft), *INITDB], account, alive)
    (draft / "pg_hba.conf").write_text(
        "local all all peer map=b12\nlocal replication all peer map=b12\n"
    )
    (draft / "pg_ident.conf").write_text("".join(f'b12 "{n}" all\n' for n in account.names()))
    statements = (
        f"CREATE ROLE {role} LOGIN CREATEDB;\n\nCREATE DATABASE {database} OWNER {role};\n\n"
    )
    single = [str(binaries / "postgres"), "--single", "-j", "-F", "-D", str(draft), "template1"]
    if "ERROR" in (output := _run(single, account, alive, statements)):
        raise EmbeddedError(f"The new database could not be prepared:\n{output}")
    os.rename(draft, data)


def _run(command: list[str], account: Account, alive: int, text: str = "") -> str:
    done = subprocess.run(
        command,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=CLEAN_ENV,
        cwd="/",
        umask=0o077,
        pass_fds=(alive,),
        check=False,
        **account.popen(),
    )
    if done.returncode:
        raise EmbeddedError(f"{Path(command[0]).name} failed:\n{done.stdout}")
    return done.stdout
