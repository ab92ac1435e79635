"""What any server must be able to do, checked when the database is asked for checks.

`manage.py check --database default` and every `migrate` run them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

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
    version = int(_ask(cursor, "SHOW server_version_num"))
    if version < OLDEST:
        yield Error(
            f"This server is PostgreSQL {version // 10000}.",
            hint="Use PostgreSQL 15 or newer.",
            id="b12.E001",
        )
    encoding = _ask(cursor, "SHOW server_encoding")
    if encoding != "UTF8":
        yield Error(
            f"The database's encoding is {encoding}: most names cannot be kept in it.",
            hint=f"Create it anew: {RECIPE}",
            id="b12.E002",
        )
        return  # the next questions cannot even be asked in another encoding
    if _ask(cursor, "SELECT lower('É') = 'é'") is not True:
        yield Error(
            "The database does not fold accented capitals, so names are not found.",
            hint=f"Create it anew: {RECIPE}",
            id="b12.E003",
        )
    if _ascii_only(cursor):
        yield Error(
            "The database takes only ASCII for letters, so a search finds no Cyrillic, Greek, "
            "Arabic or Chinese name.",
            hint=f"Create it anew: {RECIPE}",
            id="b12.E004",
        )
    if _ask(cursor, "SELECT has_schema_privilege('public', 'CREATE')") is not True:
        yield Error(
            "The database's role may not create tables in it.",
            hint="Make it the owner: ALTER DATABASE ... OWNER TO ...",
            id="b12.E005",
        )


RECIPE = "CREATE DATABASE ... OWNER ... ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"


def _ascii_only(cursor: Any) -> bool:
    """Whether trigrams are found in Latin names only.

    pg_trgm asks the database's LC_CTYPE what a letter is, whatever provider
    serves the rest. Before the first migrate there is no pg_trgm to ask.
    """
    if _ask(cursor, "SELECT to_regproc('show_trgm') IS NOT NULL"):
        return bool(_ask(cursor, "SELECT cardinality(show_trgm('Иванов')) = 0"))
    ctype = _ask(cursor, "SELECT datctype FROM pg_database WHERE datname = current_database()")
    return ctype in ("C", "POSIX")


def server_version(cursor: Any) -> str:
    """The server's version as it tells it, such as "18.6"."""
    return str(_ask(cursor, "SHOW server_version"))


def _ask(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()[0]
