"""What any server must be able to do, checked when the database is asked for checks.

`manage.py check --database default` and every `migrate` run them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

OLDEST = 150000
EMBEDDED_ENGINE = "b12tracker.postgres.backend"


@register(Tags.database)
def check_server(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The faults of each named database's server, each with what to do."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            found += faults(cursor)
        if connection.settings_dict["ENGINE"] == EMBEDDED_ENGINE and settings.LIVE:
            found.append(
                Warning(
                    "A live clinic runs on the embedded PostgreSQL, which lags behind "
                    "security releases.",
                    hint="Set DATABASE_URL to a maintained server; see docs/operations.md.",
                    id="b12.W001",
                )
            )
    return found


def faults(cursor: Any) -> Iterator[Error]:
    """What this server cannot do that the program needs."""
    version = _ask(cursor, "SHOW server_version_num")
    if int(version) < OLDEST:
        yield Error(
            f"This server is PostgreSQL {int(version) // 10000}.",
            hint="Use PostgreSQL 15 or newer.",
            id="b12.E001",
        )
    encoding = _ask(cursor, "SHOW server_encoding")
    if encoding != "UTF8":
        yield Error(
            f"The database's encoding is {encoding}: most names cannot be kept in it.",
            hint="Create it with ENCODING 'UTF8' TEMPLATE template0.",
            id="b12.E002",
        )
        return
    if _ask(cursor, "SELECT lower('É') = 'é'") is not True:
        yield Error(
            "The database does not fold accented capitals, so names are not found.",
            hint=f"Create it anew: {RECIPE}",
            id="b12.E003",
        )
    if _ask(cursor, "SELECT 'И' ~ '[[:alpha:]]'") is not True or _no_trigrams(cursor):
        yield Error(
            "The database takes only ASCII for letters, so a search finds no Cyrillic, Greek, "
            "Arabic or Chinese name.",
            hint=f"Create it anew: {RECIPE}",
            id="b12.E004",
        )


RECIPE = "CREATE DATABASE ... ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"


def _no_trigrams(cursor: Any) -> bool:
    """Whether pg_trgm is installed and finds nothing in a Cyrillic name."""
    if not _ask(cursor, "SELECT to_regproc('show_trgm') IS NOT NULL"):
        return False
    return bool(_ask(cursor, "SELECT cardinality(show_trgm('Иванов')) = 0"))


def _ask(cursor: Any, question: str) -> Any:
    try:
        cursor.execute(question)
        return cursor.fetchone()[0]
    except DatabaseError:
        cursor.connection.rollback()
        return None
