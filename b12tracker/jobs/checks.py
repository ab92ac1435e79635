"""The settings of the worker that nobody may loosen: each guards against a known failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

GUARDS: dict[str, tuple[Callable[[dict[str, Any]], bool], str]] = {
    "jobs.E001": (
        lambda q: q.get("queue_limit") == q.get("workers"),
        "queue_limit must equal workers: the retry clock of a task starts when it is fetched, "
        "so none may be fetched and wait.",
    ),
    "jobs.E002": (
        lambda q: q.get("bulk") == 1,
        "bulk must be 1: tasks fetched together wait for each other while their clocks run.",
    ),
    "jobs.E003": (
        lambda q: bool(q.get("timeout")) and q.get("retry", 0) >= 4 * q["timeout"],
        "retry must be at least 4 times timeout: a shorter one starts a task again while the "
        "first is still running.",
    ),
    "jobs.E004": (
        lambda q: q.get("max_attempts") == 3,
        "max_attempts must be 3: the default tries a failing task for ever.",
    ),
    "jobs.E005": (
        lambda q: q.get("catch_up") is False,
        "catch_up must be False: after a stop a schedule would run once for each slot it missed.",
    ),
    "jobs.E006": (
        lambda q: not settings.DATABASES["default"].get("OPTIONS", {}).get("pool"),
        "The database must not be pooled: workers are forked and would share its sockets.",
    ),
}


@register
def check_cluster(**kwargs: Any) -> list[CheckMessage]:
    """One error for each guard that the settings break."""
    cluster = getattr(settings, "Q_CLUSTER", {})
    return [
        Error(message, id=code) for code, (holds, message) in GUARDS.items() if not holds(cluster)
    ]
