"""The embedded server's life: start it, join it, leave it; no process id is ever trusted.

Files in the state directory: `lock` (one starter at a time), `users` (each
client holds it shared), `watch` (the watcher holds it), `alive` (inherited by
the server and all its children: whoever gets it knows that none of them
lives), `data` (the cluster), `run` (the socket).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from b12tracker.postgres import watcher
from b12tracker.postgres.account import Account, service_account
from b12tracker.postgres.binaries import EmbeddedError, binary_dir
from b12tracker.postgres.cluster import CLEAN_ENV, make_cluster
from b12tracker.postgres.memory import shared_buffers

SOCKET_PATH_LIMIT = 100  # sun_path holds 108 bytes on Linux, 104 on macOS
# Not TMPDIR, as every process must find the same socket; `own_dir` refuses a foreign directory.
SHORT_DIR = Path("/tmp")  # nosec B108
PORT = "5432"
FORBIDDEN = '"$,;`\\\n\r'  # PostgreSQL's own quoting fails on these
GRACE_SECONDS = 0.5


class Embedded:
    """One embedded server in one state directory, as seen by this process."""

    def __init__(
        self, state: Path, *, database: str = "b12", role: str = "b12", grace: float = GRACE_SECONDS
    ) -> None:
        self.state = state.expanduser().resolve()
        if any(character in str(self.state) for character in FORBIDDEN):
            raise EmbeddedError(
                f"PostgreSQL cannot live under {self.state}: choose a state directory (B12_STATE) "
                f"without any of {' '.join(FORBIDDEN.strip())}"
            )
        self.database, self.role, self.grace = database, role, grace
        self.data = self.state / "data"
        self._lease: int | None = None
        self._lease_holder: int | None = None

    # --- who and where --------------------------------------------------------

    def socket_dir(self, account: Account | None = None) -> Path:
        """Where the socket lies: the state directory, or a short private one if that is long."""
        directory = self.state / "run"
        if len(str(directory / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
            digest = hashlib.sha256(str(self.state).encode()).hexdigest()[:12]
            uid = (account or service_account()).uid
            directory = SHORT_DIR / f"b12-pg-{uid}-{digest}"
        return directory

    def dsn(self, database: str | None = None, role: str | None = None) -> str:
        """The connection string of a database and role of this server."""
        return make_conninfo(
            host=str(self.socket_dir()),
            port=PORT,
            dbname=database or self.database,
            user=role or self.role,
        )

    def answers(self) -> bool:
        """Whether a server takes connections here."""
        parameters = self.dsn("postgres", "postgres") + " connect_timeout=2"
        return pq.PGconn.ping(parameters.encode()) == pq.Ping.OK

    # --- start ----------------------------------------------------------------

    def ensure(self) -> Embedded:
        """Have the server running and hold a lease on it for this process's life.

        A server that was killed under its clients is started again. Raises
        `EmbeddedError` with what to do when it cannot run.
        """
        if self._leased() and self.answers():
            return self
        try:
            self._make_state()
            with self._mutex():
                if not self._leased():  # another thread may have taken it meanwhile
                    self._take_lease()
                try:
                    self._start()
                except BaseException:
                    self.release()
                    raise
                self._watch()
        except PermissionError as error:
            raise EmbeddedError(
                f"{error.filename or self.state} belongs to another user, perhaps from a start as "
                "root. Start the program as that user, or choose another directory with B12_STATE."
            ) from error
        return self

    def _make_state(self) -> None:
        if not self.state.exists():
            self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.geteuid() == 0:
                self.state.chmod(0o755)  # the server's account must come this far

    def _leased(self) -> bool:
        """Whether this process, not only the one it was forked from, holds a lease."""
        return self._lease is not None and self._lease_holder == os.getpid()

    def _take_lease(self) -> None:
        lease = self._open("users")
        fcntl.flock(lease, fcntl.LOCK_SH)
        self._lease, self._lease_holder = lease, os.getpid()

    def _open(self, name: str) -> int:
        return os.open(self.state / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextlib.contextmanager
    def _mutex(self) -> Iterator[None]:
        descriptor = self._open("lock")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _start(self) -> None:
        alive = self._open("alive")
        try:
            waits = _waits()
            while not self.answers():
                try:
                    fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    time.sleep(next(waits))  # starting, recovering or stopping, however long
                else:
                    self._start_alone(alive)
                    return
        finally:
            os.close(alive)

    def _start_alone(self, alive: int) -> None:
        """Start the server, knowing that no process of this cluster lives."""
        account = service_account()
        binaries = binary_dir(self.state)
        if not self.data.exists():
            make_cluster(
                self.data, binaries, account, database=self.database, role=self.role, alive=alive
            )
        sockets = self.socket_dir(account)
        account.own_dir(sockets)
        for leftover in sockets.glob(".s.PGSQL.*"):
            leftover.unlink()
        environment = dict(CLEAN_ENV)
        if stale := self._disown_stale_pid():
            # Any process may have that number by now; the server must not take it for its own.
            environment["PG_GRANDPARENT_PID"] = stale
        log = os.open(self.state / "postgres.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        server = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(self.data), *_options(sockets)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd="/",
            start_new_session=True,
            pass_fds=(alive,),
            umask=0o077,
            **account.popen(),
        )
        os.close(log)
        waits = _waits()
        while not self.answers():  # recovery may take minutes: no limit while it lives
            if server.poll() is not None:
                tail = (self.state / "postgres.log").read_text(errors="replace")[-1500:]
                raise EmbeddedError(f"PostgreSQL ended with {server.returncode}:\n{tail}")
            time.sleep(next(waits))
        server.returncode = 0  # a daemon from here on; nobody waits for it

    def _disown_stale_pid(self) -> str | None:
        """The process id that an earlier server left behind; the file is marked as out of date.

        The watcher signals no process by a file of that age.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = str(int(pid_file.read_text().split("\n", 1)[0]))
        except (FileNotFoundError, ValueError):
            return None
        os.utime(pid_file, (0, 0))
        return pid

    def _watch(self) -> None:
        """Start the watcher unless one is at work; the mutex is held, so none is just ending."""
        watch = self._open("watch")
        try:
            fcntl.flock(watch, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(watch)
        watching = subprocess.Popen(
            [sys.executable, "-I", "-S", watcher.__file__, str(self.state), str(self.grace)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        watching.returncode = 0  # it outlives this process; nobody waits for it

    # --- stop -----------------------------------------------------------------

    def release(self) -> None:
        """Give the lease back; the watcher stops the server when none is left."""
        if self._lease is not None and self._leased():
            os.close(self._lease)
        self._lease = None

    def wait_stopped(self, seconds: float = 60) -> bool:
        """Whether every process of the server is gone within that time."""
        limit = time.monotonic() + seconds
        alive = self._open("alive")
        try:
            while time.monotonic() < limit:
                try:
                    fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return True
                except BlockingIOError:
                    time.sleep(0.01)
            return False
        finally:
            os.close(alive)


def _waits() -> Iterator[float]:
    """Seconds to wait between questions: each costs the server a process."""
    seconds = 0.005
    while True:
        yield seconds
        seconds = min(seconds * 1.5, 0.2)


def _options(sockets: Path) -> list[str]:
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "cluster_name": "b12tracker",
        "max_wal_size": "256MB",
        "shared_buffers": shared_buffers(),
        "logging_collector": "on",
        "log_directory": "log",
        "log_filename": "postgresql-%U.log",  # one a week; a year later it is used again
        "log_rotation_age": "7d",
        "log_truncate_on_rotation": "on",
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
