"""Real processes on a private embedded server: what the fault trials start and kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from b12tracker.postgres.server import Embedded

REPOSITORY = Path(__file__).resolve().parents[2]

# Joins the server, says so, and stays until its input ends.
CLIENT = """
import sys
from pathlib import Path
import psycopg
from b12tracker.postgres.server import Embedded
server = Embedded(Path(sys.argv[1]), grace=0.2).ensure()
with psycopg.connect(server.dsn()) as connection:
    print(connection.execute("select 6 * 7").fetchone()[0], flush=True)
    sys.stdin.read()
"""

# Commits one number after another, and says each one once it is acknowledged.
WRITER = """
import sys, time
from pathlib import Path
import psycopg
from b12tracker.postgres.server import Embedded
server = Embedded(Path(sys.argv[1]), grace=0.2)
number = int(sys.argv[2]) * 10_000_000
while True:
    try:
        server.release()
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


def end(client: subprocess.Popen[str]) -> None:
    """Let a client end by itself."""
    client.communicate("")


def server_pids(state: Path) -> list[int]:
    """The postmaster and its children, read from the process table."""
    postmaster = Embedded(state)._stale_pid()
    if postmaster is None:
        return []
    found = [int(postmaster)]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if parent == postmaster:
                found.append(int(entry.name))
    return found


def kill(pids: list[int]) -> None:
    """SIGKILL, to those that still live."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes true in that time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if holds():
            return True
        time.sleep(0.02)
    return holds()
