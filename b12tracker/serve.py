"""Everything at once: database, web server and worker, started and stopped together.

`python -m b12tracker.serve` is what `script/run` calls. One runs in a state
directory at a time. Each child dies with this process, however it dies, and
one that dies alone is started again.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from b12tracker.postgres.binaries import EmbeddedError
from b12tracker.postgres.place import embedded_server
from b12tracker.state import demo_password, state_dir

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
MANAGE = [sys.executable, "manage.py"]
READY_SECONDS = 60
DRAIN_SECONDS = 20
SLOWEST_RESTART_SECONDS = 30
PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Why the program does not start, in a sentence for the person at the keyboard."""


@dataclass
class Child:
    """One process that is kept running, with its log file."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    restart_at: float = 0.0
    failures: int = field(default=0)
    started_at: float = 0.0

    def start(self) -> None:
        """Start it in a group of its own, tied to this process's life."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.started_at = time.monotonic()

    def keep_running(self) -> None:
        """Start it again, each time a little later, when it has ended by itself."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            code = self.process.returncode
            self.failures = self.failures + 1 if now - self.started_at < 60 else 1
            wait = min(2.0 ** (self.failures - 1), SLOWEST_RESTART_SECONDS)
            say(f"The {self.name} ended ({code}); starting it again. See {self.log}.")
            self.process, self.restart_at = None, now + wait
        if now >= self.restart_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask its main process alone: the worker drains only so."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end; after that moment, end its whole group."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not stop in time and was ended.")
        # Whatever the main process left behind belongs to its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def die_with_parent() -> None:
    """In a new child: have the kernel end it when this process is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def say(text: str) -> None:
    """Tell the person at the keyboard."""
    print(text, flush=True)


@contextlib.contextmanager
def alone(state: Path) -> Iterator[None]:
    """Be the only one in this state directory."""
    state.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(state / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise CannotStart(
            f"B12 Tracker is already running from {state}. Stop that one first (Ctrl-C), "
            "or set B12_STATE to another directory."
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)


def check_port() -> None:
    """Refuse a port that is not one, or that another program holds."""
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        raise CannotStart(f"PORT={PORT} is not a port number. Choose one, such as 8000.")
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError as error:
            raise CannotStart(
                f"Port {PORT} on {HOST} cannot be used ({error.strerror}). "
                f"Choose another: PORT={int(PORT) + 1} script/run"
            ) from None


def prepare() -> None:
    """Bring the database up to date and load the demo clinic the first time."""
    for words, what in (
        (["migrate", "--verbosity", "0"], "Preparing the database"),
        (["load_demo"], "Looking for the demo clinic"),
        (["collectstatic", "--noinput", "--verbosity", "0"], "Collecting files"),
    ):
        say(f"{what} …")
        done = subprocess.run([*MANAGE, *words], check=False, preexec_fn=die_with_parent)
        if done.returncode:
            raise CannotStart(f"{what} failed; the message above says why.")


def children(log: Path) -> list[Child]:
    """The web server and the worker."""
    web = ["-m", "gunicorn", "b12tracker.wsgi", "--bind", f"{bracketed(HOST)}:{PORT}"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += ["--timeout", "60", "--graceful-timeout", "10", "--no-control-socket"]
    return [
        Child("web server", [sys.executable, *web], log / "web.log"),
        Child("worker", [*MANAGE, "work"], log / "worker.log"),
    ]


def database_place() -> str:
    """Where the database is, without the password that an address may hold."""
    if os.environ.get("DATABASE_URL"):
        return "the server of DATABASE_URL"
    return str(embedded_server().data)


def bracketed(host: str) -> str:
    """An IPv6 address in brackets, as addresses with ports are written."""
    return f"[{host}]" if ":" in host else host


def wait_until_ready(web: Child) -> None:
    """Wait for the sign-in page."""
    address = f"http://{bracketed(HOST if HOST != '0.0.0.0' else '127.0.0.1')}:{PORT}"
    limit = time.monotonic() + READY_SECONDS
    while time.monotonic() < limit:
        if web.process is None or web.process.poll() is not None:
            raise CannotStart(f"The web server did not start. See {web.log}.")
        try:
            with urllib.request.urlopen(f"{address}/healthz/live", timeout=2):
                break
        except OSError:
            time.sleep(0.1)
    else:
        raise CannotStart(f"The web server did not answer in time. See {web.log}.")
    say(
        f"\n  B12 Tracker is ready:  {address}/\n"
        f"  Riverside:  nurse, prescriber, manager, auditor\n"
        f"  Hillside:   nurse2, prescriber2\n"
        f"  Password of the demo accounts:  {demo_password()}\n"
        f"  Keys and logs:  {state_dir()}\n"
        f"  Database:  {database_place()}\n"
        f"  Ctrl-C stops it.\n"
    )


def serve() -> None:
    """Run until told to stop; raises `CannotStart`."""
    state = state_dir()
    with alone(state):
        check_port()
        server = None if os.environ.get("DATABASE_URL") else embedded_server().ensure()
        prepare()
        log = state / "log"
        log.mkdir(exist_ok=True)
        running = children(log)
        try:
            for child in running:
                child.start()
            wait_until_ready(running[0])
            while True:
                time.sleep(0.5)
                for child in running:
                    child.keep_running()
        finally:
            stop(running)
            if server is not None:
                server.release()
                server.wait_stopped(DRAIN_SECONDS)


def stop(running: list[Child]) -> None:
    """Stop all of them, the worker after its present task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say("Stopping …")
    until = time.monotonic() + DRAIN_SECONDS
    for child in running:
        child.ask_to_stop()
    for child in running:
        child.wait(until)


def interrupt(number: int, frame: FrameType | None) -> None:
    """A request to stop, as the exception that unwinds `serve`."""
    raise KeyboardInterrupt


def main() -> int:
    """The exit code: 0 after a stop that was asked for, 1 when it cannot start."""
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
    os.chdir(Path(__file__).resolve().parent.parent)
    try:
        serve()
    except (CannotStart, EmbeddedError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
