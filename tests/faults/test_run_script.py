"""What `script/run` starts: one life of it from the first start to a kill, with real processes.

The tests below share one state directory and run in this order, since a first
start takes long: started, looked at, stopped by Ctrl-C, started again, killed.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from processes import REPOSITORY, children_of, kill, processes_of, within

pytestmark = pytest.mark.faults

FIRST_START_SECONDS = 180
NEXT_START_SECONDS = 60
STOP_SECONDS = 60


@dataclass
class Place:
    """A state directory and a port, and the program's environment there."""

    state: Path
    port: int

    def start(self, **environment: str) -> subprocess.Popen[str]:
        """Start everything, as `script/run` does once its requirements are installed."""
        plain = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIVE", "HOST")}
        return subprocess.Popen(
            [sys.executable, "-m", "b12tracker.serve"],
            env=plain | {"B12_STATE": str(self.state), "PORT": str(self.port)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=REPOSITORY,
        )

    def status(self, page: str) -> int:
        """The status with which the web server answers; 0 while there is none."""
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            web.request("GET", page)
            return web.getresponse().status
        except OSError:
            return 0
        finally:
            web.close()

    def web_servers(self) -> list[int]:
        """The main processes of gunicorn that the program started."""
        started = [pid for pid in processes_of(str(self.state)) if _runs(pid, "gunicorn")]
        return [pid for pid in started if children_of(pid)]


def _runs(pid: int, program: str) -> bool:
    try:
        return program.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """An empty place; whatever still runs there at the end is killed."""
    directory = Path(tempfile.mkdtemp(prefix="b12-run-"))
    directory.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield Place(directory / "var", port)
    kill(processes_of(str(directory)))
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="module")
def running(place: Place) -> subprocess.Popen[str]:
    """The program, started for the first time."""
    return place.start(DEMO_PASSWORD="once-upon-a-time")


def _until_ready(program: subprocess.Popen[str], seconds: float, place: Place) -> list[str]:
    assert program.stdout is not None
    said: list[str] = []
    for line in program.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    assert within(seconds, lambda: place.status("/healthz/live") == 200), "".join(said)
    return said


def test_the_first_start_tells_address_accounts_and_places(
    place: Place, running: subprocess.Popen[str]
) -> None:
    said = "".join(_until_ready(running, FIRST_START_SECONDS, place))

    assert f"http://127.0.0.1:{place.port}/" in said
    assert "once-upon-a-time" in said
    assert all(name in said for name in ("nurse", "prescriber", "manager", "auditor", "nurse2"))
    assert str(place.state / "postgres" / "data") in said


def test_the_sign_in_page_answers(place: Place, running: subprocess.Popen[str]) -> None:
    assert place.status("/accounts/login/") == 200


def test_a_second_start_says_that_one_runs(place: Place, running: subprocess.Popen[str]) -> None:
    second = place.start()

    said, _ = second.communicate(timeout=60)

    assert second.returncode == 1
    assert f"already runs from {place.state}" in said
    assert f"http://127.0.0.1:{place.port}/" in said


def test_a_port_in_use_is_said_plainly(
    place: Place, running: subprocess.Popen[str], tmp_path: Path
) -> None:
    other = Place(tmp_path / "var", place.port).start()

    said, _ = other.communicate(timeout=60)

    assert other.returncode == 1
    assert f"Port {place.port}" in said
    assert f"PORT={place.port + 1} script/run" in said


def test_a_web_server_that_dies_is_started_again(
    place: Place, running: subprocess.Popen[str]
) -> None:
    before = place.web_servers()
    assert len(before) == 1

    kill(before)

    assert within(60, lambda: place.web_servers() not in ([], before))
    assert within(60, lambda: place.status("/healthz/live") == 200)


def test_ctrl_c_leaves_no_process(place: Place, running: subprocess.Popen[str]) -> None:
    running.send_signal(signal.SIGINT)

    said, _ = running.communicate(timeout=STOP_SECONDS)

    assert running.returncode == 0, said
    assert within(5, lambda: processes_of(str(place.state)) == [])


def test_nothing_outlives_a_killed_program(place: Place) -> None:
    again = place.start()
    _until_ready(again, NEXT_START_SECONDS, place)

    again.kill()
    again.wait()

    assert within(STOP_SECONDS, lambda: processes_of(str(place.state)) == [])


def test_secrets_and_logs_are_private(place: Place) -> None:
    private = [place.state / "secret-key", *(place.state / "log").iterdir()]

    assert len(private) >= 3
    assert [oct(path.stat().st_mode & 0o077) for path in private] == ["0o0"] * len(private)
