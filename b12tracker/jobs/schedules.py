"""What runs when, as data; the table of schedules is only its copy."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django_q.models import Schedule


@dataclass(frozen=True)
class Job:
    """A task without arguments, by its dotted name, and when it runs (cron, UTC)."""

    name: str
    task: str
    cron: str


JOBS = (
    Job("heartbeat", "b12tracker.jobs.heartbeat.beat", "* * * * *"),
    # Every clinic has its own midnight, so the daily job looks often and acts once a day.
    Job("daily", "regimens.tasks.daily", "*/15 * * * *"),
)


def sync(jobs: tuple[Job, ...] = JOBS) -> tuple[int, int]:
    """Make the table say what `jobs` say; returns how many rows it wrote and deleted.

    A schedule that is as it should be is not touched, least of all its next
    run. What code does not know goes: one row with bad arguments stops every
    schedule.
    """
    wanted = {job.name: _columns(job) for job in jobs}
    kept: set[str] = set()
    written = deleted = 0
    with transaction.atomic():
        for row in Schedule.objects.select_for_update().order_by("pk"):
            if row.name in wanted and row.name not in kept and _same(row, wanted[row.name]):
                kept.add(row.name)
            else:
                row.delete()
                deleted += 1
        for name in wanted.keys() - kept:
            Schedule.objects.create(name=name, **wanted[name])
            written += 1
    return written, deleted


def _columns(job: Job) -> dict[str, object]:
    return {
        "func": job.task,
        "cron": job.cron,
        "schedule_type": Schedule.CRON,
        "repeats": -1,
        "args": None,
        "kwargs": None,
        "hook": None,
        "cluster": None,
        "intended_date_kwarg": None,
    }


def _same(row: Schedule, columns: dict[str, object]) -> bool:
    return row.next_run is not None and all(
        getattr(row, name) == value for name, value in columns.items()
    )
