"""Make the demo clinics."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from b12tracker.state import demo_password
from regimens.demo.load import load


class Command(BaseCommand):
    """`manage.py load_demo`: does nothing where the demo clinics exist."""

    help = "Loads the demo clinics Riverside and Hillside, once."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        count = load(at=timezone.now(), password=demo_password())
        if count is None:
            self.stdout.write("The demo clinics are there already.")
        else:
            seconds = time.monotonic() - began
            self.stdout.write(f"Demo clinics loaded: {count} patients in {seconds:.1f} s.")
