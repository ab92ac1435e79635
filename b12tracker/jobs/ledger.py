"""Each piece of work done once, whoever starts it, however often, whatever is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import connection
from django.db.models import F
from django.utils import timezone

from b12tracker.clinics.models import Clinic
from b12tracker.jobs.models import JobRun
from b12tracker.jobs.running import JobFailed, where

log = structlog.get_logger(__name__)

CLINIC_DAY = "clinic-day"


@dataclass
class Outcome:
    """What a piece of work did: its counts, and the ids of what it had to leave out."""

    counts: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def summary(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        return self.counts | ({"failed": self.failed} if self.failed else {})


def once(
    name: str, key: str, work: Callable[[], Outcome], *, clinic: Clinic | None = None
) -> JobRun | None:
    """Do `work` unless this key was done before or another worker is at it now.

    A run that a kill left half-way holds no lock and is taken up again. Work
    that fails, or leaves something out, is not done: the next call tries
    again. Returns the finished row, or None if there was nothing to do.
    Raises `JobFailed` when the work failed.
    """
    with _alone(f"{name} {key}") as mine:
        run = _claim(name, key, clinic) if mine else None
        if run is None:
            return None
        try:
            outcome = work()
        except Exception as error:
            _end(run, JobRun.State.FAILED, {"error": where(error)})
            raise JobFailed(f"{name}: {where(error)}") from None
        state = JobRun.State.FAILED if outcome.failed else JobRun.State.DONE
        _end(run, state, outcome.summary)
        return run


def is_done(name: str, key: str) -> bool:
    """Whether this piece of work was finished."""
    return JobRun.objects.filter(name=name, key=key, state=JobRun.State.DONE).exists()


def last_run(clinic: Clinic) -> JobRun | None:
    """The newest daily run that went through the clinic's register, with `ended_at`.

    One that could not assess somebody counts, and names them in
    `summary["failed"]`.
    """
    return (
        JobRun.objects.filter(
            name=CLINIC_DAY, clinic=clinic, ended_at__isnull=False, summary__has_key="assessed"
        )
        .order_by("-ended_at")
        .first()
    )


@contextmanager
def _alone(what: str) -> Iterator[bool]:
    """Whether nobody else works on this; the lock goes with the connection, so a kill frees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [what])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [what])


def _claim(name: str, key: str, clinic: Clinic | None) -> JobRun | None:
    now = timezone.now()
    run, made = JobRun.objects.get_or_create(
        name=name, key=key, defaults={"clinic": clinic, "started_at": now}
    )
    if made:
        return run
    if run.state == JobRun.State.DONE:
        return None
    JobRun.objects.filter(pk=run.pk).update(
        state=JobRun.State.RUNNING, started_at=now, ended_at=None, attempts=F("attempts") + 1
    )
    run.refresh_from_db()
    return run


def _end(run: JobRun, state: str, summary: dict[str, Any]) -> None:
    run.state, run.summary, run.ended_at = state, summary, timezone.now()
    run.save(update_fields=["state", "summary", "ended_at"])
    if state == JobRun.State.FAILED:
        log.error("job not finished", job=run.name, key=run.key, **summary)
