"""Who may do what: the current clinic, its roles, and the guards for views."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from b12tracker.clinics.models import Clinic, Membership, Role, User

CLINICAL = frozenset({Role.NURSE, Role.PRESCRIBER})
READERS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.MANAGER, Role.AUDITOR})


@dataclass(frozen=True)
class Place:
    """Where a user works now, as what, and where else they could."""

    user: User
    clinic: Clinic
    roles: frozenset[str]
    clinics: list[Clinic]

    def now(self) -> datetime:
        """This moment on the clinic's clock."""
        return self.clinic.local(timezone.now())

    def today(self) -> date:
        """The clinic's calendar date."""
        return self.now().date()

    @property
    def can_record(self) -> bool:
        """May record facts about patients."""
        return bool(self.roles & CLINICAL)

    @property
    def can_order(self) -> bool:
        """May order, change and end treatment."""
        return Role.PRESCRIBER in self.roles


def place_of(user: User, clinic_id: str | None) -> Place | None:
    """The user's clinic of that id, else their first by name; None if they have none."""
    memberships = list(
        Membership.objects.filter(user=user).select_related("clinic").order_by("clinic__name")
    )
    if not memberships:
        return None
    clinics = list({m.clinic_id: m.clinic for m in memberships}.values())
    clinic = next((c for c in clinics if str(c.pk) == clinic_id), clinics[0])
    roles = frozenset(m.role for m in memberships if m.clinic_id == clinic.pk)
    return Place(user=user, clinic=clinic, roles=roles, clinics=clinics)


def place(request: HttpRequest) -> Place:
    """The request's place; refuses a user who works in no clinic."""
    found = getattr(request, "place", None)
    if found is None:
        raise PermissionDenied("You do not work in any clinic yet. Ask the clinic's manager.")
    return cast(Place, found)


def roles_required(
    *roles: str,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for signed-in users who hold one of these roles in their current clinic."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not place(request).roles & set(roles):
                raise PermissionDenied("Your role in this clinic does not include this page.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


reads = roles_required(*READERS)
records = roles_required(*CLINICAL)
orders = roles_required(Role.PRESCRIBER)
