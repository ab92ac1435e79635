"""Schedules come from code only, and keep their own time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from b12tracker.jobs.schedules import JOBS, Job, sync

pytestmark = pytest.mark.django_db

LAST_WEEK = datetime(2026, 5, 18, 10, 0, tzinfo=UTC)


def test_the_first_sync_writes_every_schedule() -> None:
    assert sync() == (len(JOBS), 0)
    assert set(Schedule.objects.values_list("name", "func", "cron")) == {
        (job.name, job.task, job.cron) for job in JOBS
    }


def test_a_second_sync_touches_no_next_run() -> None:
    sync()
    Schedule.objects.update(next_run=LAST_WEEK)

    assert sync() == (0, 0)

    assert set(Schedule.objects.values_list("next_run", flat=True)) == {LAST_WEEK}


def test_a_schedule_that_code_does_not_know_is_removed() -> None:
    sync()
    Schedule.objects.create(name="rogue", func="os.getcwd", args="not python (")

    assert sync() == (0, 1)

    assert not Schedule.objects.filter(name="rogue").exists()


def test_a_schedule_that_somebody_changed_is_put_right() -> None:
    sync()
    Schedule.objects.filter(name="daily").update(args="1, 2")

    assert sync() == (1, 1)

    assert Schedule.objects.get(name="daily").args is None


def test_a_doubled_schedule_is_kept_once() -> None:
    sync()
    Schedule.objects.create(name="daily", func=JOBS[1].task, schedule_type="C", cron=JOBS[1].cron)

    sync()

    assert Schedule.objects.filter(name="daily").count() == 1


def test_a_changed_time_replaces_the_schedule() -> None:
    sync((Job("one", "b12tracker.jobs.heartbeat.beat", "0 * * * *"),))

    assert sync((Job("one", "b12tracker.jobs.heartbeat.beat", "5 * * * *"),)) == (1, 1)

    assert Schedule.objects.get().cron == "5 * * * *"


def test_every_scheduled_task_is_there_to_be_called() -> None:
    assert all(callable(import_string(job.task)) for job in JOBS)


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sync_schedules")

    assert capsys.readouterr().out == f"Schedules: {len(JOBS)} written, 0 removed.\n"


def test_days_of_missed_slots_put_one_task_in_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's own transaction must not lose its connection.
    monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)
    sync()
    Schedule.objects.filter(name="heartbeat").update(next_run=LAST_WEEK)

    scheduler()

    assert [task.func() for task in OrmQ.objects.all()] == ["b12tracker.jobs.heartbeat.beat"]
