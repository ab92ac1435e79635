"""Clinics, users, and the roles that users hold in clinics."""

from __future__ import annotations

import uuid
import zoneinfo
from datetime import date, datetime

import pghistory
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models


def validate_time_zone(name: str) -> None:
    """Refuse what is not the name of a time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"{name} is not a time zone, such as Europe/London.")


class Role(models.TextChoices):
    """What a user does in a clinic."""

    NURSE = "nurse", "Nurse"
    PRESCRIBER = "prescriber", "Prescriber"
    MANAGER = "manager", "Manager"
    AUDITOR = "auditor", "Auditor"


@pghistory.track()
class Clinic(models.Model):
    """A place that treats patients; every patient belongs to exactly one."""

    class PageSize(models.TextChoices):
        """The paper that the clinic prints on."""

        A4 = "A4", "A4"
        LETTER = "Letter", "US Letter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(
        max_length=60, default="Europe/London", validators=[validate_time_zone]
    )
    page_size = models.CharField(max_length=10, choices=PageSize, default=PageSize.A4)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def local(self, moment: datetime) -> datetime:
        """A moment on the clinic's own clock."""
        return moment.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    def local_date(self, moment: datetime) -> date:
        """The clinic's calendar date at a moment."""
        return self.local(moment).date()


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """Somebody who works with the program, by name, in one or more clinics."""

    clinics = models.ManyToManyField(Clinic, through="Membership", related_name="users")

    class Meta(AbstractUser.Meta):
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


@pghistory.track()
class Membership(models.Model):
    """One role of one user in one clinic."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "clinic", "role"], name="membership_one_of_each_role"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.get_role_display().lower()} at {self.clinic}"
