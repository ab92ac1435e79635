"""Read a table of laboratory results into a clinic."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from b12tracker.clinics.models import Clinic, User
from patients.actions.errors import Refused
from patients.actions.import_results import Imported, import_people
from patients.exchange.csv_import import People, read_people
from patients.exchange.nhanes import NHANES
from patients.exchange.table import Unreadable, open_table

SHOWN_FAULTS = 50


class Command(BaseCommand):
    """`manage.py import_labs FILE --clinic NAME --by USERNAME`: the NHANES table."""

    help = "Reads the NHANES table of B12 markers into a clinic; run twice it adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--clinic", required=True, help="the clinic's name")
        parser.add_argument("--by", required=True, help="who takes them in (a user name)")
        parser.add_argument("--dry-run", action="store_true", help="check and count only")
        parser.add_argument(
            "--collected",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="day of everybody's first sample (default: the latest that fits)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        clinic, by = _clinic(options["clinic"]), _user(options["by"])
        began = time.monotonic()
        now = timezone.now()
        people = self._read(options["file"])
        latest = clinic.local_date(now) - timedelta(days=people.last_day)
        try:
            done = import_people(
                clinic=clinic,
                table=people,
                mapping=NHANES,
                collected_on=options["collected"] or latest,
                by=by,
                at=now,
                dry_run=options["dry_run"],
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self._tell(done, time.monotonic() - began, dry_run=options["dry_run"])

    def _read(self, path: Path) -> People:
        try:
            table = open_table(path)
            people = read_people(table, NHANES)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError(f"{path}: {error}") from error
        if table.encoding != "UTF-8":
            self.stderr.write(f"{path} is not UTF-8; it was read as {table.encoding}.")
        if people.faults:
            self._refuse(people)
        return people

    def _refuse(self, people: People) -> None:
        for fault in people.faults[:SHOWN_FAULTS]:
            self.stderr.write(str(fault))
        if len(people.faults) > SHOWN_FAULTS:
            self.stderr.write(f"and {len(people.faults) - SHOWN_FAULTS} more")
        count = len(people.faults)
        raise CommandError(f"{count} fault{'s' * (count > 1)}; nothing was taken in.")

    def _tell(self, done: Imported, seconds: float, *, dry_run: bool) -> None:
        if done.without_age:
            self.stderr.write(
                f"People without an age in the table: {done.without_age}. Their birth date is a "
                "stand-in, 1 January 1900, and is noted as such beside their number."
            )
        self.stdout.write(
            f"{'Would take in' if dry_run else 'Taken in'}: {done.patients} patients, "
            f"{done.results} results; {done.known_patients} patients and {done.known_results} "
            f"results were there already. {seconds:.1f} s, "
            f"{done.results / seconds:.0f} results/s."
        )


def _clinic(name: str) -> Clinic:
    try:
        return Clinic.objects.get(name=name)
    except Clinic.DoesNotExist:
        names = ", ".join(Clinic.objects.values_list("name", flat=True)) or "none yet"
        raise CommandError(f"There is no clinic {name!r}; there are: {names}.") from None


def _user(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CommandError(f"There is no user {username!r}.") from None
