"""Everything at once: database, web server and worker, started and stopped together.

`python -m b12tracker.serve` is what `script/run` calls. One runs in a state
directory at a time. Each child ends with this process, however it ends, and
one that ends alone is started again.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import ipaddress
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from environs import env

from b12tracker.children import Child, Orders, say, start_tied
from b12tracker.postgres.binaries import EmbeddedError
from b12tracker.postgres.place import embedded_server
from b12tracker.state import demo_password, state_dir

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
WEB = ["-m", "gunicorn", "b12tracker.wsgi", "--worker-class", "gthread", "--workers", "2"]
WEB += ["--threads", "4", "--timeout", "60", "--graceful-timeout", "10", "--no-control-socket"]
WORKER = ["manage.py", "work"]
PREPARE = ["-m", "b12tracker.prepare"]
READY_SECONDS = 60
DRAIN_SECONDS = 40  # the worker takes 30 of them at most for its present task


class CannotStart(Exception):
    """Why the program does not start, in a sentence for the person at the keyboard."""


class Stopped(Exception):
    """It was told to stop while it was still starting."""


@contextlib.contextmanager
def alone(state: Path) -> Iterator[int]:
    """Be the only one in this state directory; gives the locked file, which tells the address."""
    try:
        # As root the database runs under another account, which must come this far.
        state.mkdir(parents=True, exist_ok=True, mode=0o755 if os.geteuid() == 0 else 0o700)
        lock = os.open(state / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename} belongs to another user, perhaps from a start as root. Start the "
            "program as that user, or choose another directory with B12_STATE."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        where = os.pread(lock, 200, 0).decode() or "and is just starting"
        os.close(lock)
        raise CannotStart(
            f"B12 Tracker already runs from {state}: {where}. Stop that one first (Ctrl-C), or "
            "choose another directory and port: B12_STATE=another PORT=8001 script/run"
        ) from None
    os.ftruncate(lock, 0)
    try:
        yield lock
    finally:
        os.close(lock)


def listening_socket() -> socket.socket:
    """The web server's socket, held from before the start, so that nobody else takes the port."""
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        raise CannotStart(f"PORT={PORT} is not a port number. Choose one, such as 8000.")
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, int(PORT)))
        listening.listen(256)
    except OSError as error:
        listening.close()
        why = error.strerror or str(error)
        raise CannotStart(
            f"Port {PORT} on {HOST} cannot be used ({why}). "
            f"Choose another: PORT={int(PORT) % 65535 + 1} script/run"
        ) from None
    return listening


def listens_everywhere() -> bool:
    """Whether it takes connections on all of the machine's addresses."""
    try:
        return ipaddress.ip_address(HOST).is_unspecified
    except ValueError:  # a name
        return False


def near_host() -> str:
    """The name under which this machine itself finds the program."""
    if listens_everywhere():
        return "::1" if ":" in HOST else "127.0.0.1"
    return HOST


def address() -> str:
    """Where a browser on this machine finds the program."""
    return f"http://{bracketed(near_host())}:{PORT}/"


def bracketed(host: str) -> str:
    """An IPv6 address in brackets, as addresses with ports are written."""
    return f"[{host}]" if ":" in host else host


def answer_to_own_name() -> None:
    """Let the program answer under the name or address it was told to listen on."""
    own = socket.gethostname() if listens_everywhere() else bracketed(HOST)
    os.environ.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{own}")


def prepare(orders: Orders) -> None:
    """Bring the database up to date and load the demo clinic the first time."""
    preparing = start_tied([sys.executable, *PREPARE])
    while (code := preparing.poll()) is None:
        if orders.stops:
            preparing.terminate()
            preparing.wait()
            raise Stopped
        orders.pause(0.1)
    if code:
        raise CannotStart("B12 Tracker was not started; the message above says why.")


def wait_until_ready(web: Child, orders: Orders) -> None:
    """Wait until the web server answers."""
    limit = time.monotonic() + READY_SECONDS
    while time.monotonic() < limit:
        if orders.stops:
            raise Stopped
        if not web.alive:
            raise CannotStart(f"The web server did not start; see {web.log}.")
        if answers():
            return
        orders.pause(0.1)
    raise CannotStart(f"The web server did not answer within {READY_SECONDS} s; see {web.log}.")


def answers() -> bool:
    """Whether the web server serves the program."""
    web = http.client.HTTPConnection(near_host(), int(PORT), timeout=5)
    try:
        web.request("GET", "/healthz/live")
        return web.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def welcome(state: Path) -> None:
    """Say where it is, who can sign in, and where everything is kept."""
    embedded = not os.environ.get("DATABASE_URL")
    say(f"\n  B12 Tracker is ready:  {address()}\n")
    if not env.bool("LIVE", False):
        say("  Riverside:  nurse, prescriber, manager, auditor")
        say("  Hillside:   nurse2, prescriber2")
        say(f"  Password of these demo accounts:  {demo_password()}\n")
    say(f"  Database:  {embedded_server().data if embedded else 'the server of DATABASE_URL'}")
    say(f"  Keys and logs:  {state}")
    say("  Ctrl-C stops it.\n")


def serve(orders: Orders) -> None:
    """Run until told to stop; raises `CannotStart` with the reason, or `Stopped`."""
    state = state_dir()
    with alone(state) as lock, listening_socket() as listening:
        os.umask(0o077)  # logs and e-mails tell of patients
        answer_to_own_name()
        (state / "log").mkdir(exist_ok=True)
        web = Child(
            "web server",
            [sys.executable, *WEB, "--bind", f"fd://{listening.fileno()}"],
            state / "log" / "web.log",
            [listening.fileno()],
        )
        worker = Child("worker", [sys.executable, *WORKER], state / "log" / "worker.log")
        server = None if os.environ.get("DATABASE_URL") else embedded_server().ensure()
        try:
            prepare(orders)
            web.start()
            worker.start()
            wait_until_ready(web, orders)
            os.pwrite(lock, address().encode(), 0)
            welcome(state)
            while not orders.stops:
                orders.pause(0.5)
                for child in (web, worker):
                    child.keep_running()
        finally:
            stop([web, worker], orders)
            if server is not None:
                server.release()
                server.wait_stopped(DRAIN_SECONDS)


def stop(running: list[Child], orders: Orders) -> None:
    """Let all of them finish what they do; a further order to stop ends them at once."""
    say("Stopping ...")
    orders_before = orders.stops
    limit = time.monotonic() + DRAIN_SECONDS
    for child in running:
        child.ask_to_stop()
    while any(child.alive for child in running):
        if orders.stops > orders_before or time.monotonic() > limit:
            break
        orders.pause(0.05)
    for child in running:
        child.finish()


def main() -> int:
    """The exit code: 0 after a stop that was asked for, 1 when it cannot start."""
    os.chdir(Path(__file__).resolve().parent.parent)
    try:
        serve(Orders())
    except (CannotStart, EmbeddedError) as error:
        say(str(error))
        return 1
    except Stopped:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
