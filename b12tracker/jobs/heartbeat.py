"""The sign of life of the clock, end to end: schedule, queue, worker, row."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from b12tracker.jobs.models import Heartbeat
from b12tracker.jobs.running import scrubbed

NAME = "worker"
STALE_AFTER = timedelta(minutes=3)


@scrubbed
def beat() -> None:
    """The task that runs each minute: it notes that it ran."""
    Heartbeat.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})


def last_beat() -> datetime | None:
    """When a scheduled task last went through a worker; None if never."""
    return Heartbeat.objects.filter(name=NAME).values_list("at", flat=True).first()


def is_stale(beaten_at: datetime | None, now: datetime, limit: timedelta = STALE_AFTER) -> bool:
    """Whether the clock has to be taken for stopped."""
    return beaten_at is None or now - beaten_at > limit
