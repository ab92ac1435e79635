"""A log line tells the kind of an error and its place, and nothing of whom it was about."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings

QUOTED = "Failing row contains (Janet, Williams, 1959-03-09)"


def refuse() -> None:
    """Fail as a database does, with the row in the message."""
    raise ValueError(QUOTED)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the log says under the settings; logging is as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(settings.LOGGING)
    written = io.StringIO()
    console = root.handlers[0]
    assert isinstance(console, logging.StreamHandler)
    console.setStream(written)
    yield written
    root.handlers[:], root.level = handlers, level


def by_django(text: str) -> None:
    """Log as Django does for a page that failed."""
    logging.getLogger("django.request").error("%s: /today/", text, exc_info=True)


def by_structlog(text: str) -> None:
    """Log as the request middleware does."""
    log: Any = structlog.get_logger("house")
    log.exception(text)


def with_the_error_as_value(text: str) -> None:
    """Log an error as one of the line's values."""
    log: Any = structlog.get_logger("house")
    log.error(text, exc_info=True, error=ValueError(QUOTED))


@pytest.mark.parametrize("log", [by_django, by_structlog, with_the_error_as_value])
def test_a_line_about_an_error_names_its_kind_and_place_but_not_its_message(
    log: Any, lines: io.StringIO
) -> None:
    # Act
    try:
        refuse()
    except ValueError:
        log("Page failed")

    # Assert
    line = lines.getvalue()
    assert "ValueError" in line
    assert "in refuse" in line
    assert "Williams" not in line


def test_the_error_behind_an_error_is_told_without_its_message(
    lines: io.StringIO,
) -> None:
    try:
        try:
            refuse()
        except ValueError as first:
            raise RuntimeError("while saving") from first
    except RuntimeError:
        by_django("Page failed")

    line = lines.getvalue()
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert "Williams" not in line
