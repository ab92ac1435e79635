"""Keep one cluster of workers alive, and leave none behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from types import FrameType

import structlog
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from b12tracker.jobs.heartbeat import is_stale, last_beat
from b12tracker.jobs.running import enqueue
from b12tracker.jobs.schedules import JOBS

log = structlog.get_logger(__name__)


class Supervisor:
    """Starts the cluster, starts it again when it dies or its heart stops, drains it at the end.

    `command` starts one cluster in the foreground; `stale_after` is how old
    the heartbeat, or the cluster where it is younger, may become; `drain` is
    how long running jobs may take to finish before they are killed, which is
    safe: every job can be run again.
    """

    def __init__(
        self,
        command: list[str],
        *,
        stale_after: timedelta,
        drain: timedelta,
        say: Callable[[str], object],
    ) -> None:
        self.command = command
        self.stale_after = stale_after
        self.drain = drain
        self.say = say
        self.stopping = False
        self.child: subprocess.Popen[bytes] | None = None
        self.started_at = timezone.now()

    def run(self) -> None:
        """Work until told to stop (SIGTERM or Ctrl-C)."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        pause = 1.0
        while not self.stopping:
            self._start()
            self._watch()
            if self.stopping:
                break
            lived = timezone.now() - self.started_at
            pause = 1.0 if lived > timedelta(minutes=1) else min(pause * 2, 30.0)
            self._sleep(pause)
        self._end(self.drain)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self) -> None:
        # Its own session: a Ctrl-C in the terminal must reach the supervisor
        # only, and the cluster's main process, not its whole group, is told.
        self.child = subprocess.Popen(self.command, start_new_session=True)
        self.started_at = timezone.now()
        self.say(f"Worker started (process {self.child.pid}).")
        # A beat proves the chain at once; the rest need not wait for its slot after a stop.
        for job in JOBS:
            self._ask(partial(enqueue, job.task))

    def _watch(self) -> None:
        """Return when the cluster has ended, or had to be ended, or all shall stop."""
        assert self.child is not None
        while not self.stopping:
            if (code := self.child.poll()) is not None:
                self.say(f"Worker ended by itself ({code}); starting it again.")
                log.error("worker ended", code=code)
                self._end(timedelta(0))
                return
            if self._stale(timezone.now()):
                self.say("The worker's heartbeat has stopped; starting it again.")
                log.error("heartbeat stale", seconds=self.stale_after.total_seconds())
                self._end(min(self.drain, timedelta(seconds=10)))
                return
            self._sleep(1.0)

    def _stale(self, now: datetime) -> bool:
        if now - self.started_at <= self.stale_after:
            return False
        beaten_at = self._ask(last_beat, otherwise=now)
        return is_stale(beaten_at, now, self.stale_after)

    def _ask[T, Otherwise](
        self, question: Callable[[], T], otherwise: Otherwise | None = None
    ) -> T | Otherwise | None:
        """The database's answer; while it cannot be reached, a restart of workers cures nothing."""
        try:
            close_old_connections()
            return question()
        except DatabaseError as error:
            log.error("database not reached", error=type(error).__name__)
            return otherwise

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(0.1)

    def _end(self, patience: timedelta) -> None:
        """Ask the main process to drain, wait, then kill whatever of its session is left."""
        if self.child is None:
            return
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(patience.total_seconds())
            except subprocess.TimeoutExpired:
                log.error("worker did not drain in time; killed")
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        self.child = None


def cluster_command(manage: str) -> list[str]:
    """How the supervisor starts one cluster that ends when the supervisor does."""
    return [sys.executable, manage, "work", "--cluster-of", str(os.getpid())]
