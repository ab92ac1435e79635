"""How much memory the server may take: a share of what this machine or container allows."""

from __future__ import annotations

import os
from pathlib import Path

CGROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
SHARE = 8
SMALLEST_MB, LARGEST_MB = 32, 512


def memory_limit() -> int:
    """Bytes of memory that this process may use."""
    limit = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in CGROUP_LIMITS:
        try:
            limit = min(limit, int(Path(path).read_text()))
        except (OSError, ValueError):
            continue  # no such limit here, or "max"
    return limit


def shared_buffers() -> str:
    """PostgreSQL's `shared_buffers`: an eighth of the limit, from 32 to 512 MB."""
    megabytes = memory_limit() // SHARE // 2**20
    return f"{max(SMALLEST_MB, min(LARGEST_MB, megabytes))}MB"
