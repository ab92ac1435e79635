"""What a log line may say of an error: its kind and where it arose, never its message.

A database quotes the whole refused row in its message: names, birth dates, numbers.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any

from structlog.types import EventDict, WrappedLogger


def without_messages(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Put kinds and places of an error, and of what caused it, for its text (structlog)."""
    error = _error(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = _told(error)
    for name, value in event.items():
        if isinstance(value, BaseException):
            event[name] = type(value).__name__
    return event


type Raised = tuple[Any, BaseException | None, TracebackType | None]


def _error(given: BaseException | Raised | bool | None) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1]
    return sys.exc_info()[1] if given else None


def _told(error: BaseException) -> list[str]:
    """Each error of the chain, the one that was met first last, with its lines of code."""
    told: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        told.append(type(current).__name__)
        told += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return told
