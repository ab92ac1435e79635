"""What the page for an injection starts with: drug, lot and site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from b12tracker.clinics.models import Clinic
from patients.models import Injection, Patient
from patients.models.injection import Drug, Site
from regimens.models import Course

SHOWN_SITES = 3


def running_course(patient: Patient, today: date) -> Course | None:
    """The standing course in whose days today falls, with its drug."""
    course = (
        Course.objects.standing().filter(patient=patient, start__lte=today).order_by("-start")
    ).first()
    return course if course and (course.end is None or course.end > today) else None


def current_lot(clinic: Clinic, drug: str, today: date) -> tuple[str, date | None]:
    """The clinic's last used lot of a drug that has not expired, and its expiry."""
    lot = (
        Injection.objects.standing()
        .filter(patient__clinic=clinic, drug=drug, elsewhere=False, expiry__gte=today)
        .exclude(lot="")
        .order_by("-recorded_at")
        .values_list("lot", "expiry")
        .first()
    )
    return lot or ("", None)


def last_sites(patient: Patient) -> list[tuple[date, str]]:
    """Where and when the last injections went in, newest first."""
    return list(
        Injection.objects.standing()
        .filter(patient=patient)
        .exclude(site="")
        .order_by("-given_at")
        .values_list("given_on", "site")[:SHOWN_SITES]
    )


def next_site(used: Sequence[str]) -> str:
    """The same place on the other side; after a buttock, and at first, the upper arm."""
    place, _, side = (used[0] if used else Site.DELTOID_RIGHT).rpartition("-")
    if place == "buttock":
        place = "deltoid"
    return Site(f"{place}-{'left' if side == 'right' else 'right'}")


def usual_drug(course: Course | None) -> str:
    """The ordered drug, else hydroxocobalamin."""
    return course.drug if course else Drug.HYDROXO
