"""Waits until no client of the embedded server is left, then stops it.

Started as a bare interpreter (`python -I -S watcher.py STATE GRACE`), it
outlives every client. Clients hold a shared lock on the file `users`, which
the kernel drops however they end; this process sleeps in the kernel until it
can have that lock alone.
"""

import fcntl
import os
import signal
import sys
import time


def main(state, grace):  # type: ignore[no-untyped-def]  # bare interpreter, standard library only
    """Watch until the server is gone."""
    me = _open(state, "watch")
    try:
        fcntl.flock(me, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return  # one is already watching
    users, mutex, alive = (_open(state, name) for name in ("users", "lock", "alive"))
    while True:
        fcntl.flock(users, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_UN)
        time.sleep(grace)
        fcntl.flock(mutex, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            fcntl.flock(mutex, fcntl.LOCK_UN)  # a new client came within the grace
            continue
        _stop(state, alive)
        return


def _open(state, name):  # type: ignore[no-untyped-def]
    return os.open(os.path.join(state, name), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _stop(state, alive):  # type: ignore[no-untyped-def]
    """Ask for a fast shutdown and wait until no process of the cluster holds `alive`."""
    sent = False
    while True:
        try:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            pass
        sent = sent or _signal(os.path.join(state, "data", "postmaster.pid"))
        time.sleep(0.01)


def _signal(pid_file):  # type: ignore[no-untyped-def]
    """Send the order to the server; False while it has not yet written its process id."""
    try:
        if os.stat(pid_file).st_mtime == 0:
            return False  # an earlier server's number, marked so by the present one's starter
        with open(pid_file) as file:
            os.kill(int(file.readline()), signal.SIGINT)
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
