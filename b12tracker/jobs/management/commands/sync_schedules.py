"""Make the table of schedules say what the code says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from b12tracker.jobs.schedules import sync


class Command(BaseCommand):
    """`manage.py sync_schedules`."""

    help = "Makes the table of schedules say what the code says."

    def handle(self, *args: Any, **options: Any) -> None:
        written, deleted = sync()
        self.stdout.write(f"Schedules: {written} written, {deleted} removed.")
