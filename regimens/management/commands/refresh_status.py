"""Work out where everybody stands, anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from b12tracker.clinics.models import Clinic
from regimens.actions.refresh import refresh_clinic


class Command(BaseCommand):
    """`manage.py refresh_status [--clinic NAME]`: statuses are a cache and can always be rebuilt."""

    help = "Rebuilds the status of every patient from the facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clinic", help="only this clinic, by name")

    def handle(self, *args: Any, **options: Any) -> None:
        clinics = Clinic.objects.all()
        if options["clinic"]:
            clinics = clinics.filter(name=options["clinic"])
            if not clinics:
                raise CommandError(f"There is no clinic {options['clinic']!r}.")
        for clinic in clinics:
            began = time.monotonic()
            count = refresh_clinic(clinic, today=clinic.local_date(timezone.now()))
            seconds = time.monotonic() - began
            self.stdout.write(f"{clinic}: {count} patients in {seconds:.1f} s.")
