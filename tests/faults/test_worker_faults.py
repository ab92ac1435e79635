"""The clock survives what happens to processes: killed, doubled, stalled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from people import inject, register
from processes import REPOSITORY, children_of, kill, within

from b12tracker.clinics.models import Clinic, User
from b12tracker.jobs.heartbeat import last_beat
from b12tracker.jobs.models import JobRun
from patients.models import Patient
from regimens.actions.order import order_course
from regimens.models import Reminder, Status
from regimens.tasks import clinic_day

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

PATIENCE = 90  # seconds; a busy machine is no failure
ONE_DAY = """
import sys, django
django.setup()
from regimens.tasks import clinic_day
clinic_day(sys.argv[1])
"""


def dsn() -> dict[str, str]:
    """How the tests reach their database."""
    given = connection.get_connection_params()
    return {
        name: str(given[name])
        for name in ("host", "port", "user", "password", "dbname")
        if given.get(name)
    }


def environment() -> dict[str, str]:
    """The same database and the same key for another process."""
    to = dsn()
    who = quote(to.get("user", "")) + (":" + quote(to["password"]) if "password" in to else "")
    where = quote(to.get("host", ""), safe="") + (":" + to["port"] if "port" in to else "")
    return os.environ | {
        "DATABASE_URL": f"postgres://{who}@{where}/{to['dbname']}",
        "DJANGO_SETTINGS_MODULE": "b12tracker.settings",
        "SECRET_KEY": settings.SECRET_KEY,
    }


@pytest.fixture
def spawn() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start Python with these arguments; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        made = subprocess.Popen([sys.executable, *arguments], cwd=REPOSITORY, env=environment())
        started.append(made)
        return made

    yield start
    for process in started:
        kill(family(process.pid))
        process.wait()


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    return [pid, *(one for child in children_of(pid) for one in family(child))]


@pytest.fixture
def overdue(prescriber: User, riverside: Clinic) -> list[Patient]:
    """Three people in loading who missed a dose, and whom nobody has looked at since."""
    people = []
    for number in range(3):
        patient = register(prescriber, riverside, given_names=f"Janet {number}")
        order_course(
            patient=patient, start=date(2026, 5, 1), regimen="im-standard", interval="P3M",
            drug="hydroxocobalamin", answers={}, by=prescriber, at=timezone.now(), reason="Agreed.",
        )  # fmt: skip
        inject(patient, prescriber, date(2026, 5, 1))
        people.append(patient)
    Status.objects.all().delete()
    return people


@pytest.fixture
def held(overdue: list[Patient]) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A nurse's unfinished save holds the last of them, so the job stops half-way."""
    with psycopg.connect(**dsn()) as nurse:  # type: ignore[arg-type]
        nurse.execute("SELECT 1 FROM patients_patient WHERE id = %s FOR UPDATE", [overdue[-1].pk])
        yield nurse


def is_waiting() -> bool:
    """Whether some process waits for the lock that is held."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def everybody_has_one_reminder(people: list[Patient]) -> bool:
    """Whether each of them has exactly one for the missed dose."""
    found = Reminder.objects.filter(kind="dose").values_list("patient", flat=True)
    return sorted(found) == sorted(patient.pk for patient in people)


def test_the_daily_job_started_twice_at_once_does_everything_once(
    overdue: list[Patient],
    riverside: Clinic,
    held: psycopg.Connection[tuple[object, ...]],
    spawn: Callable[..., subprocess.Popen[bytes]],
) -> None:
    first = spawn("-c", ONE_DAY, str(riverside.pk))
    assert within(PATIENCE, is_waiting)
    second = spawn("-c", ONE_DAY, str(riverside.pk))

    assert second.wait(PATIENCE) == 0  # it sees that somebody is at it, and leaves
    held.rollback()
    assert first.wait(PATIENCE) == 0

    run = JobRun.objects.get()
    assert (run.state, run.attempts) == (JobRun.State.DONE, 1)
    assert everybody_has_one_reminder(overdue)


def test_a_job_that_is_killed_half_way_and_run_again_misses_nobody(
    overdue: list[Patient],
    riverside: Clinic,
    held: psycopg.Connection[tuple[object, ...]],
    spawn: Callable[..., subprocess.Popen[bytes]],
) -> None:
    first = spawn("-c", ONE_DAY, str(riverside.pk))
    assert within(PATIENCE, is_waiting)
    first.kill()
    first.wait()
    held.rollback()

    def done() -> bool:
        clinic_day(str(riverside.pk))
        return JobRun.objects.get().state == JobRun.State.DONE

    assert within(PATIENCE, done)
    assert JobRun.objects.get().attempts == 2
    assert Status.objects.count() == len(overdue)
    assert everybody_has_one_reminder(overdue)


def cluster_of(supervisor: subprocess.Popen[bytes]) -> int | None:
    """The main process of the cluster that it watches now."""
    return next(iter(children_of(supervisor.pid)), None)


def works(supervisor: subprocess.Popen[bytes]) -> bool:
    """Whether a task went through a worker, and all processes of a cluster stand."""
    return last_beat() is not None and len(family(supervisor.pid)) >= 7


def test_a_dead_cluster_is_replaced_and_a_dead_supervisor_leaves_nobody(
    spawn: Callable[..., subprocess.Popen[bytes]],
) -> None:
    supervisor = spawn("manage.py", "work")
    assert within(PATIENCE, lambda: works(supervisor))
    first = cluster_of(supervisor)
    assert first is not None
    of_the_first = family(first)

    kill([first])

    assert within(PATIENCE, lambda: cluster_of(supervisor) not in (None, first))
    assert within(PATIENCE, lambda: not any(map(lives, of_the_first)))
    assert within(PATIENCE, lambda: works(supervisor))
    everybody = family(supervisor.pid)[1:]
    supervisor.kill()
    supervisor.wait()
    assert within(PATIENCE, lambda: not any(map(lives, everybody)))


def test_a_cluster_whose_heart_has_stopped_is_replaced_and_ends_when_told(
    spawn: Callable[..., subprocess.Popen[bytes]],
) -> None:
    supervisor = spawn("manage.py", "work", "--stale-after", "5", "--drain", "10")
    assert within(PATIENCE, lambda: cluster_of(supervisor) is not None)
    first = cluster_of(supervisor)
    assert first is not None
    # Stopped, not dead: to the system it looks healthy.
    for pid in family(first):
        os.kill(pid, signal.SIGSTOP)

    assert within(PATIENCE, lambda: cluster_of(supervisor) not in (None, first))
    assert not lives(first)
    everybody = family(supervisor.pid)
    supervisor.terminate()
    assert supervisor.wait(PATIENCE) == 0
    assert not any(map(lives, everybody))


def lives(pid: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
