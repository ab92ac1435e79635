"""End with one's parent: no worker outlives the process that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent(parent: int) -> None:
    """Get a SIGTERM when the process `parent`, which started this one, dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=_watch, args=[parent], daemon=True).start()
    if os.getppid() != parent:  # it died before the kernel was told
        os.kill(os.getpid(), signal.SIGTERM)


def end_children_with_us() -> None:
    """Make every process forked from here on end with the one that forked it."""
    pids: list[int] = [os.getpid()]

    def in_child() -> None:
        parent, pids[0] = pids[0], os.getpid()
        end_with_parent(parent)

    os.register_at_fork(after_in_child=in_child)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
