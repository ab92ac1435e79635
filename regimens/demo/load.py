"""Make the demo clinics, once, as if their patients had been in care for years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from b12tracker.clinics.models import Clinic, Membership, Role, User
from patients.models import Patient
from patients.signals import facts_changed
from regimens.actions.refresh import refresh_chunk, refresh_on_facts_changed
from regimens.apps import REFRESH_UID
from regimens.demo.course_of_care import neuro, standard
from regimens.demo.names import HILLSIDE, RIVERSIDE, Name
from regimens.demo.stories_due import DUE
from regimens.demo.stories_results import RESULTS
from regimens.demo.stories_safety import SAFETY
from regimens.demo.story import Story
from regimens.demo.teller import Place, Teller

SEED = 20260301
ORDINARY = ("P3M", "P2M", "P12W", "P3M", "P10W")
HILLSIDE_STORIES = slice(2, 37, 4)


def load(*, at: datetime, password: str) -> int | None:
    """Both demo clinics with their people; None if they are there, else how many patients.

    All or nothing. Every story is told in days before `at`, by the product's
    own actions; where everybody stands is worked out once, at the end.
    """
    if Clinic.objects.filter(name="Riverside").exists():
        return None
    with transaction.atomic(), _quiet_bell():
        riverside = _riverside(at, password)
        hillside = _hillside(at, password)
        _tell(riverside, [*DUE, *RESULTS, *SAFETY], RIVERSIDE)
        _tell(hillside, DUE[HILLSIDE_STORIES], HILLSIDE)
        for place in (riverside, hillside):
            everybody = list(place.clinic.patients.values_list("pk", flat=True))
            refresh_chunk(everybody, today=place.today, make_reminders=True, at=at)
    return Patient.objects.filter(clinic__in=[riverside.clinic, hillside.clinic]).count()


@contextmanager
def _quiet_bell() -> Iterator[None]:
    """Thousands of facts, and nobody looks until the last: the bell rests meanwhile."""
    facts_changed.disconnect(dispatch_uid=REFRESH_UID)
    try:
        yield
    finally:
        facts_changed.connect(refresh_on_facts_changed, dispatch_uid=REFRESH_UID)


def _riverside(at: datetime, password: str) -> Place:
    clinic = Clinic.objects.create(
        name="Riverside", time_zone="Europe/London", page_size="A4", phone="01632 960100",
        address="1 Quay Street\nRiverside",
    )  # fmt: skip
    nurse = _user("nurse", "Nora Whitcombe", clinic, Role.NURSE, password)
    prescriber = _user("prescriber", "Piers Okonjo", clinic, Role.PRESCRIBER, password)
    _user("manager", "Mara Ellingham", clinic, Role.MANAGER, password)
    _user("auditor", "Aled Prosser", clinic, Role.AUDITOR, password)
    return Place(clinic, nurse, prescriber, at, Random(SEED))


def _hillside(at: datetime, password: str) -> Place:
    clinic = Clinic.objects.create(
        name="Hillside", time_zone="America/New_York", page_size="Letter",
        phone="(212) 555-0100", address="200 Hill Avenue\nHillside",
    )  # fmt: skip
    nurse = _user("nurse2", "Hana Brightwater", clinic, Role.NURSE, password)
    prescriber = _user("prescriber2", "Owen Castellano", clinic, Role.PRESCRIBER, password)
    return Place(clinic, nurse, prescriber, at, Random(SEED + 1))


def _user(username: str, name: str, clinic: Clinic, role: str, password: str) -> User:
    first, last = name.split(" ")
    user = User.objects.create_user(
        username=username, password=password, first_name=first, last_name=last
    )
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def _tell(place: Place, stories: Sequence[Story], names: Sequence[Name]) -> None:
    """Each story to the first person left whom it fits; ordinary ones to the rest."""
    left = list(names)
    for number, story in enumerate(stories, 1):
        fitting = (name for name in left if story.sex in (None, name.sex))
        name = next(fitting)
        left.remove(name)
        story.tell(_register(place, name, number, story.age))
    for number, name in enumerate(left, len(stories) + 1):
        _ordinary(_register(place, name, number, place.random.randrange(28, 86)), number)


def _register(place: Place, name: Name, number: int, age: int) -> Teller:
    return Teller.register(place, name, number, age, ago=1100, **_contact(place, number))


def _contact(place: Place, number: int) -> dict[str, Any]:
    """Numbers and addresses set aside for fiction; three in four agree to messages."""
    if place.in_us:
        phone = f"(212) 555-{100 + number:04}"
    elif number % 2:
        phone = f"07700 900{number:03}"
    else:
        phone = f"01632 960{number:03}"
    return {
        "phone": phone,
        "email": f"patient{number}@example.org" if number % 3 else "",
        "address": f"{number} Mill Lane\n{place.clinic.name}",
        "messages_consent": number % 4 != 0,
    }


def _ordinary(t: Teller, number: int) -> None:
    """Years of treatment as they should be, the next dose not due yet."""
    start = t.place.random.randrange(260, 900)
    last = t.place.random.randrange(4, 40)
    if number % 4 == 0:
        neuro(t, start, "P2M", last)
    else:
        standard(t, start, ORDINARY[number % len(ORDINARY)], last)
