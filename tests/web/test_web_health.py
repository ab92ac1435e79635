"""Health checks: alive, and fit for use with reasons when not."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from people import NOW

from b12tracker.jobs.models import Heartbeat
from b12tracker.web import health

READY = "/healthz/ready"


def beat_at_now() -> None:
    Heartbeat.objects.create(name="worker", at=NOW)


def test_live_needs_no_database(client: Client) -> None:
    answer = client.get("/healthz/live")

    assert answer.status_code == 200
    assert answer.content == b"ok\n"


@pytest.mark.django_db
def test_ready_after_a_recent_heartbeat(client: Client, at_now: time_machine.Traveller) -> None:
    beat_at_now()
    at_now.move_to(NOW + timedelta(minutes=5))

    answer = client.get(READY)

    assert answer.status_code == 200
    assert answer.json() == {
        "database": True,
        "migrated": True,
        "heartbeat_age_seconds": 300,
        "problems": [],
    }


@pytest.mark.django_db
def test_not_ready_when_the_heartbeat_is_older_than_five_minutes(
    client: Client, at_now: time_machine.Traveller
) -> None:
    beat_at_now()
    at_now.move_to(NOW + timedelta(minutes=5, seconds=1))

    answer = client.get(READY)

    assert answer.status_code == 503
    assert answer.json()["problems"] == [
        "The worker is not running its tasks: its heartbeat is stale."
    ]


@pytest.mark.django_db
def test_not_ready_before_the_first_heartbeat(client: Client) -> None:
    answer = client.get(READY)

    assert answer.status_code == 503
    assert "The worker has not yet run a task" in answer.json()["problems"][0]


@pytest.mark.django_db
def test_not_ready_while_migrations_are_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["0002"])

    answer = client.get(READY)

    assert answer.status_code == 503
    assert answer.json()["migrated"] is False


def test_not_ready_when_the_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(connection: object) -> None:
        raise OperationalError("secret host refused")

    monkeypatch.setattr(health, "MigrationExecutor", refuse)

    answer = client.get(READY)

    assert answer.status_code == 503
    assert answer.json()["problems"] == ["The database does not answer."]
    assert "secret" not in answer.content.decode()
