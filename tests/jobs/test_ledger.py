"""Work that is done once."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from b12tracker.clinics.models import Clinic
from b12tracker.jobs.heartbeat import STALE_AFTER, beat, is_stale, last_beat
from b12tracker.jobs.ledger import CLINIC_DAY, Outcome, is_done, last_run, once
from b12tracker.jobs.models import Heartbeat, JobRun
from b12tracker.jobs.running import JobFailed, enqueue, scrubbed

pytestmark = pytest.mark.django_db


def counting() -> tuple[list[int], Callable[[], Outcome]]:
    """Work that notes each time it is done."""
    times: list[int] = []

    def work() -> Outcome:
        times.append(1)
        return Outcome({"assessed": 3})

    return times, work


def failing() -> Outcome:
    raise ValueError("Janet Williams could not be read")


def test_work_is_done_once_for_a_key() -> None:
    times, work = counting()

    once("tidy", "monday", work)
    again = once("tidy", "monday", work)

    assert again is None
    assert len(times) == 1
    assert is_done("tidy", "monday")


def test_another_key_is_other_work() -> None:
    times, work = counting()

    once("tidy", "monday", work)
    once("tidy", "tuesday", work)

    assert len(times) == 2


def test_work_that_failed_is_tried_again_and_counted() -> None:
    times, work = counting()
    with pytest.raises(JobFailed):
        once("tidy", "monday", failing)

    run = once("tidy", "monday", work)

    assert run is not None
    assert (run.state, run.attempts) == (JobRun.State.DONE, 2)
    assert run.ended_at is not None


def test_a_failure_keeps_its_kind_and_place_but_no_words() -> None:
    with pytest.raises(JobFailed) as failure:
        once("tidy", "monday", failing)

    kept = JobRun.objects.get().summary["error"]
    assert kept.startswith("ValueError at failing:")
    assert "Janet" not in kept + str(failure.value)
    assert failure.value.__suppress_context__


def test_work_that_left_somebody_out_is_not_done() -> None:
    once("tidy", "monday", lambda: Outcome({"assessed": 2}, ["some-id"]))

    run = JobRun.objects.get()
    assert run.state == JobRun.State.FAILED
    assert run.summary == {"assessed": 2, "failed": ["some-id"]}
    assert not is_done("tidy", "monday")


def test_a_run_that_was_killed_half_way_is_taken_up_again() -> None:
    times, work = counting()
    JobRun.objects.create(name="tidy", key="monday", started_at=timezone.now())

    run = once("tidy", "monday", work)

    assert run is not None and run.attempts == 2
    assert len(times) == 1


def test_while_another_worker_is_at_it_nothing_is_done() -> None:
    times, work = counting()
    given = connection.get_connection_params()
    with psycopg.connect(
        **{k: given[k] for k in ("dbname", "user", "host", "port") if k in given}
    ) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('tidy monday', 0))")

        assert once("tidy", "monday", work) is None
        assert times == []

        # A closed connection lets go only when its server process has ended, a little later.
        other.execute("SELECT pg_advisory_unlock(hashtextextended('tidy monday', 0))")

        assert once("tidy", "monday", work) is not None


def test_the_last_run_of_a_clinic_is_its_newest_that_went_through(riverside: Clinic) -> None:
    _, work = counting()
    once(CLINIC_DAY, "a", work, clinic=riverside)
    newer = once(CLINIC_DAY, "b", work, clinic=riverside)
    with pytest.raises(JobFailed):
        once(CLINIC_DAY, "c", failing, clinic=riverside)

    assert last_run(riverside) == newer


def test_a_clinic_without_a_run_has_none(riverside: Clinic, hillside: Clinic) -> None:
    _, work = counting()
    once(CLINIC_DAY, "a", work, clinic=hillside)

    assert last_run(riverside) is None


def test_the_heart_beats_into_one_row() -> None:
    beat()
    beat()

    assert Heartbeat.objects.count() == 1
    beaten_at = last_beat()
    assert beaten_at is not None
    assert not is_stale(beaten_at, beaten_at + STALE_AFTER)
    assert is_stale(beaten_at, beaten_at + STALE_AFTER * 1.01)


def test_a_heart_that_never_beat_is_stale() -> None:
    assert last_beat() is None
    assert is_stale(None, timezone.now())


def test_tasks_take_ids_only() -> None:
    with pytest.raises(TypeError, match="ids only"):
        enqueue("regimens.tasks.clinic_day", "Janet Williams")  # type: ignore[arg-type]


def test_the_error_of_a_task_carries_no_message() -> None:
    @scrubbed
    def task() -> None:
        raise KeyError("Janet Williams")

    with pytest.raises(JobFailed) as failure:
        task()

    assert str(failure.value).startswith("task: KeyError at task:")
    assert failure.value.__suppress_context__
