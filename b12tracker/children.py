"""The processes that `b12tracker.serve` keeps running, and the order to stop."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

SLOWEST_RESTART_SECONDS = 30.0
HEALTHY_SECONDS = 60
LOG_BYTES = 10 * 1024 * 1024
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def say(text: str) -> None:
    """Tell the person at the keyboard."""
    print(text, flush=True)


class Orders:
    """How often this process was told to stop: Ctrl-C, SIGTERM, or the terminal closed."""

    def __init__(self) -> None:
        self.stops = 0
        self._wakes, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup leaves it
            signal.signal(signal.SIGHUP, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stops += 1

    def pause(self, seconds: float) -> None:
        """Sleep that long, or until the next order."""
        if select.select([self._wakes], [], [], max(0.0, seconds))[0]:
            os.read(self._wakes, 64)


@dataclass
class Child:
    """One process that is kept running, with its log file."""

    name: str
    command: list[str]
    log: Path
    inherits: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    restart_at: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, where a Ctrl-C does not reach it."""
        with open(self.log, "ab") as log:
            self.process = start_tied(self.command, self.inherits, log.fileno())
        self.started_at = time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether its main process lives."""
        return self.process is not None and self.process.poll() is None

    def keep_running(self) -> None:
        """Start it again, each time a little later, when it has ended by itself."""
        if self.alive:
            shorten(self.log)
            return
        now = time.monotonic()
        if self.process is not None:
            recovered = now - self.started_at > HEALTHY_SECONDS
            self.failures = 1 if recovered else self.failures + 1
            self.restart_at = now + min(2.0 ** (self.failures - 1), SLOWEST_RESTART_SECONDS)
            say(
                f"The {self.name} ended ({self.process.returncode}) and is started again; "
                f"see {self.log}."
            )
            self.finish()
        if now >= self.restart_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask its main process alone: the worker drains only so."""
        if self.process is not None and self.alive:
            self.process.terminate()

    def finish(self) -> None:
        """End what is left of it and of its group."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def start_tied(
    command: list[str], inherits: Sequence[int] = (), output: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a program that gets a SIGTERM when this process dies, however it dies (Linux)."""
    parent = os.getpid()

    def tie() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died before the kernel was told
                os._exit(1)

    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        pass_fds=inherits,
        preexec_fn=tie,  # this process has one thread
    )


def shorten(log: Path) -> None:
    """Begin a log anew when it is long; one older part is kept.

    The program that writes it appends, so it goes on at the new start.
    """
    if log.stat().st_size > LOG_BYTES:
        log.with_name(f"{log.name}.1").write_bytes(log.read_bytes())
        os.truncate(log, 0)
