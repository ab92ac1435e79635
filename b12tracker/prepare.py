"""Makes the database fit for use: `python -m b12tracker.prepare`, before each start.

One process for all of it, since loading the program takes longer than the
steps do when there is nothing to do.
"""

from __future__ import annotations

import io
import os
import sys

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from b12tracker.postgres.binaries import EmbeddedError
from b12tracker.postgres.checks import server_version


def prepare() -> None:
    """Migrate, check the server, collect static files, load the demo clinic the first time."""
    with connection.cursor() as cursor:
        print(f"Preparing the database (PostgreSQL {server_version(cursor)}) ...", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    # Again, as the name search can be tried only once migrate has installed its extension.
    call_command("check", databases=["default"], stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if not settings.LIVE:
        print("Looking after the demo clinic ...", flush=True)
        call_command("load_demo")


def main() -> int:
    """The exit code; a failure is told in its own words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "b12tracker.settings")
    try:
        django.setup()
        prepare()
    except (CommandError, DatabaseError, EmbeddedError) as error:
        print(f"The database could not be prepared. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
