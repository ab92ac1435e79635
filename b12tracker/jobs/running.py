"""How tasks are put in the queue and how their failures are told: by ids, without people."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from uuid import UUID

from django_q.tasks import async_task


class JobFailed(Exception):
    """A task failed; says what kind of error, where, and nothing of whom it was about."""


def enqueue(task: str, *ids: UUID | int) -> None:
    """Put a task, by its dotted name, in the queue.

    It takes ids only: arguments are stored and logged. Raises `TypeError` for
    anything else.
    """
    for value in ids:
        if not isinstance(value, UUID | int):
            raise TypeError("a task takes ids only, never names or values")
    async_task(task, *(str(value) if isinstance(value, UUID) else value for value in ids))


def where(error: BaseException) -> str:
    """The kind of an error and the line of code it came from; no values."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def scrubbed[**P, T](task: Callable[P, T]) -> Callable[P, T]:
    """A task whose errors carry no message: django-q stores and logs them as they are."""

    @functools.wraps(task)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return task(*args, **kwargs)
        except JobFailed:
            raise
        except Exception as error:
            raise JobFailed(f"{task.__name__}: {where(error)}") from None

    return run
