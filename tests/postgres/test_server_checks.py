"""A server that cannot serve the name search is refused at start, in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from b12tracker.postgres.checks import check_server, faults

WRONG = f"b12_check_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture
def wrong_database(
    request: pytest.FixtureRequest, transactional_db: None
) -> Iterator[psycopg.Cursor[tuple[object, ...]]]:
    """A database made with the options that the test asks for, and a cursor in it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {WRONG}")
        cursor.execute(f"CREATE DATABASE {WRONG} TEMPLATE template0 {request.param}")
    parameters = {**connection.get_connection_params(), "dbname": WRONG}
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as other:
        yield other.cursor()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {WRONG}")


@pytest.mark.django_db
def test_our_own_server_has_no_faults() -> None:
    errors = [found for found in check_server(databases=["default"]) if found.id != "b12.W001"]

    assert errors == []


@pytest.mark.parametrize(
    "wrong_database", ["ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"], indirect=True
)
def test_a_database_that_takes_only_ascii_for_letters_is_refused(
    wrong_database: psycopg.Cursor[tuple[object, ...]],
) -> None:
    wrong_database.execute("CREATE EXTENSION pg_trgm")

    found = list(faults(wrong_database))

    assert "b12.E004" in [fault.id for fault in found]
    assert all("C.UTF-8" in str(fault.hint) for fault in found)


@pytest.mark.parametrize(
    "wrong_database",
    ["ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"],
    indirect=True,
)
def test_a_database_of_another_encoding_is_refused(
    wrong_database: psycopg.Cursor[tuple[object, ...]],
) -> None:
    found = list(faults(wrong_database))

    assert [fault.id for fault in found] == ["b12.E002"]


class OldServer:
    """Answers as a server of version 14 would; no such server is at hand to ask."""

    connection = None

    def execute(self, question: str) -> None:
        self.answer = {"SHOW server_version_num": "140019", "SHOW server_encoding": "UTF8"}.get(
            question, "show_trgm" not in question or "to_regproc" in question
        )

    def fetchone(self) -> tuple[object]:
        return (self.answer,)


def test_a_server_that_is_too_old_is_refused() -> None:
    found = list(faults(OldServer()))

    assert [fault.id for fault in found] == ["b12.E001"]


@pytest.mark.django_db
@pytest.mark.parametrize(("live", "warned"), [(True, True), (False, False)])
def test_a_live_clinic_on_the_embedded_server_is_warned(
    live: bool, warned: bool, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIVE = live
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "b12tracker.postgres.backend")

    found = [fault.id for fault in check_server(databases=["default"])]

    assert ("b12.W001" in found) is warned
