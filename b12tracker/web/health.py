"""Whether this process lives, and whether the whole is fit for use."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from b12tracker.jobs import heartbeat

STALE_AFTER = timedelta(minutes=5)


def live(request: HttpRequest) -> HttpResponse:
    """Answers while the web server can."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Database, migrations and worker; 503 with the reasons when one is not fit."""
    found: dict[str, object] = {"database": False, "migrated": False, "heartbeat_age_seconds": None}
    problems: list[str] = []
    try:
        executor = MigrationExecutor(connection)
        found["database"] = True
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        found["migrated"] = not pending
        if pending:
            problems.append("The database lacks migrations: run manage.py migrate.")
        else:
            problems += _worker_problems(found)
    except DatabaseError:
        problems.append("The database does not answer.")
    return JsonResponse(found | {"problems": problems}, status=503 if problems else 200)


def _worker_problems(found: dict[str, object]) -> list[str]:
    beaten_at = heartbeat.last_beat()
    if beaten_at is None:
        return ["The worker has not yet run a task: start manage.py work."]
    now = timezone.now()
    found["heartbeat_age_seconds"] = round((now - beaten_at).total_seconds())
    if heartbeat.is_stale(beaten_at, now, STALE_AFTER):
        return ["The worker is not running its tasks: its heartbeat is stale."]
    return []
