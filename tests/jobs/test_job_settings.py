"""The settings of the worker that nobody may loosen."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings, settings

from b12tracker.jobs.checks import check_cluster

SOUND = dict(settings.Q_CLUSTER)


def codes() -> list[str | None]:
    return [message.id for message in check_cluster()]


def test_our_own_settings_break_no_guard() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"queue_limit": 4}, "jobs.E001"),
        ({"bulk": 5}, "jobs.E002"),
        ({"retry": SOUND["timeout"] + 1}, "jobs.E003"),
        ({"timeout": None}, "jobs.E003"),
        ({"max_attempts": 0}, "jobs.E004"),
        ({"catch_up": True}, "jobs.E005"),
    ],
)
def test_each_loosened_setting_is_an_error(
    settings: LazySettings, change: dict[str, Any], code: str
) -> None:
    settings.Q_CLUSTER = SOUND | change

    assert codes() == [code]


def test_a_pool_of_connections_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", {"pool": True})

    assert codes() == ["jobs.E006"]
