"""The forms for a dose given, and for one not given."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from b12tracker.clinics.models import User
from patients.forms.base import DayField, NoteField, RecordForm
from patients.models import InjectionNotGiven
from patients.models.injection import Drug, Route, Site
from regimens.forms.safety import AnsweredForm

USUAL_UG = Decimal(1000)
MIDDAY = time(12)
NARROW = {"class": "nhsuk-input--width-10"}


class TimeInput(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class InjectionForm(AnsweredForm):
    """A dose that was given: here or elsewhere, now or in the past."""

    ME, COLLEAGUE, ELSEWHERE = "me", "colleague", "elsewhere"
    WHO = [
        (ME, "By me, here"),
        (COLLEAGUE, "By a colleague, here"),
        (ELSEWHERE, "Elsewhere"),
    ]

    identity_checked = forms.BooleanField(required=False)
    drug = forms.ChoiceField(choices=Drug.choices, label="Drug")
    amount_ug = forms.DecimalField(
        label="Amount in micrograms",
        min_value=Decimal("0.1"),
        max_value=Decimal(10_000_000),
        max_digits=9,
        decimal_places=1,
        widget=forms.NumberInput(attrs={**NARROW, "inputmode": "decimal"}),
    )
    route = forms.ChoiceField(choices=Route.choices, label="Route")
    site = forms.ChoiceField(
        choices=[("", "Not known"), *Site.choices], required=False, label="Site"
    )
    lot = forms.CharField(required=False, max_length=40, label="Lot")
    expiry = DayField(required=False, label="Expiry date of the lot")
    given_on = DayField(label="Date given")
    given_time = forms.TimeField(
        required=False, label="Time given", widget=TimeInput, help_text="Leave empty if not known."
    )
    who = forms.ChoiceField(choices=WHO, widget=forms.RadioSelect, label="Given")
    who_name = forms.CharField(
        required=False,
        max_length=150,
        label="Name of the colleague, or place",
        help_text="Only if it was not given by you.",
    )
    symptoms_since = forms.BooleanField(
        required=False,
        label="New or worse symptoms since the last dose: record them next",
    )
    note = NoteField(label="Notes")

    def __init__(self, *args: Any, by: User, now: datetime, **kwargs: Any) -> None:
        self.by, self.now = by, now
        initial = {
            "amount_ug": USUAL_UG,
            "route": Route.IM,
            "given_on": now.date(),
            "given_time": now.time().replace(second=0, microsecond=0),
            "who": self.ME,
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        assert self.patient is not None
        self.fields["identity_checked"].label = (
            f"Name and birth date read back: {self.patient}, "
            f"born {self.patient.birth_date.day} {self.patient.birth_date:%B %Y}"
        )
        # One key press saves what is ordinary.
        self.fields["identity_checked"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Who gave it, and that the person was identified before a dose here today."""
        cleaned = super().clean() or self.cleaned_data
        who, name = cleaned.get("who"), cleaned.get("who_name", "").strip()
        if who == self.COLLEAGUE and not name:
            self.add_error("who_name", "Enter the name of the colleague.")
        if who == self.ELSEWHERE and not name:
            self.add_error("who_name", "Enter where it was given, for example 'GP surgery'.")
        if self._is_now(cleaned) and not cleaned.get("identity_checked"):
            self.add_error(
                "identity_checked",
                "Ask for the name and the birth date, and tick when both are right.",
            )
        return cleaned

    def _is_now(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("who") == self.ME and cleaned.get("given_on") == self.now.date()

    def _time_known(self) -> bool:
        return (
            self.cleaned_data["given_time"] is not None
            or self.cleaned_data["given_on"] == self.now.date()
        )

    def given_at(self) -> datetime:
        """The moment given on the clinic's clock; without a time now, or midday of a past day."""
        day: date = self.cleaned_data["given_on"]
        at = self.cleaned_data["given_time"]
        if at is None and day == self.now.date():
            return self.now
        assert self.patient is not None
        return datetime.combine(day, at or MIDDAY, ZoneInfo(self.patient.clinic.time_zone))

    def for_action(self) -> dict[str, Any]:
        """Arguments of `give_injection`."""
        values = dict(self.cleaned_data)
        who, name = values.pop("who"), values.pop("who_name").strip()
        for name_of_question in ("symptoms_since", "given_on", "given_time"):
            values.pop(name_of_question)
        elsewhere = who == self.ELSEWHERE
        return {
            **values,
            "given_at": self.given_at(),
            "time_known": self._time_known(),
            "given_by": {self.ME: str(self.by), self.COLLEAGUE: name}.get(who, ""),
            "elsewhere": elsewhere,
            "place": name if elsewhere else "",
            "answers": self.answers,
        }


class NotGivenForm(RecordForm):
    """A dose that was meant to be given and was not."""

    date = DayField(label="Date")
    reason = forms.ChoiceField(
        choices=InjectionNotGiven.Reason.choices, widget=forms.RadioSelect, label="Why"
    )
    note = NoteField(label="Notes")
