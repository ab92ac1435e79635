"""The forms of prescribers: a course, its end, its loading, and rechecks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from patients.forms.base import DayField, NoteField, RecordForm
from patients.models.injection import Drug
from regimens.engine.assessment import Suggestion
from regimens.engine.protocol import PROTOCOL
from regimens.forms.safety import AnsweredForm
from regimens.models import Regimen
from regimens.presenters import interval_words

OTHER = "other"
UNITS = [("M", "months"), ("W", "weeks")]


def interval_choices() -> list[tuple[str, str]]:
    """No interval, every option of some regimen, and one of the prescriber's own."""
    options = {code for regimen in PROTOCOL.regimens.values() for code in regimen.options}
    shortest_first = sorted(options, key=lambda code: (code[-1] == "W", int(code[1:-1])))
    return [
        ("", "None chosen"),
        *((code, interval_words(code).capitalize()) for code in shortest_first),
        (OTHER, "Another interval"),
    ]


class OrderForm(AnsweredForm):
    """A course of treatment."""

    regimen = forms.ChoiceField(choices=Regimen.choices, widget=forms.RadioSelect, label="Regimen")
    interval = forms.ChoiceField(
        choices=interval_choices, required=False, label="Interval of maintenance"
    )
    other_count = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=99,
        label="Another interval: every how many",
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-3"}),
    )
    other_unit = forms.ChoiceField(choices=UNITS, required=False, label="Months or weeks")
    drug = forms.ChoiceField(choices=Drug.choices, label="Drug", initial=Drug.HYDROXO)
    start = DayField(label="Start", help_text="May lie in the past, or be a day to come.")
    reload = forms.BooleanField(required=False, label="Load again: a new treatment begins")
    oral_daily_ug = forms.DecimalField(
        required=False,
        min_value=Decimal("0.1"),
        max_value=Decimal(100_000),
        max_digits=7,
        decimal_places=1,
        label="Tablets: micrograms a day",
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    reason = forms.CharField(
        required=False,
        label="Reason",
        max_length=1000,
        help_text="Needed for another regimen than the suggested one, or an interval of your own.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = NoteField(label="Notes")

    def suggest(self, suggestion: Suggestion | None) -> None:
        """Preselect what the facts suggest; the prescriber may choose otherwise."""
        if suggestion is not None:
            self.initial["regimen"] = suggestion.regimen
            self.initial["interval"] = suggestion.interval or ""

    def clean(self) -> dict[str, Any]:
        """One interval, and a daily dose only of tablets."""
        cleaned = super().clean() or self.cleaned_data
        oral = cleaned.get("regimen") == Regimen.ORAL
        if cleaned.get("interval") == OTHER and not oral and not cleaned.get("other_count"):
            self.add_error("other_count", "Enter a number of months or weeks, from 1 to 99.")
        if cleaned.get("oral_daily_ug") and not oral:
            self.add_error("oral_daily_ug", "A daily amount belongs to tablets only.")
        return cleaned

    @property
    def is_whole(self) -> bool:
        """Whether what is typed makes an order, saved or not."""
        if not self.is_bound:
            return bool(self.initial.get("regimen"))
        self.is_valid()
        needed = ("regimen", "interval", "drug", "start", "oral_daily_ug")
        return not {*needed, "other_count"} & self.errors.keys()

    def ordered(self) -> dict[str, Any]:
        """What makes the order: regimen, interval (ISO 8601, "" for none), drug, start and so on.

        Only of a form that `is_whole`.
        """
        values = self.cleaned_data if self.is_bound else self.initial
        interval = values.get("interval", "")
        if interval == OTHER:
            interval = f"P{values['other_count']}{values.get('other_unit') or 'M'}"
        return {
            "start": values["start"],
            "regimen": values["regimen"],
            "interval": "" if values["regimen"] == Regimen.ORAL else interval,
            "drug": values["drug"],
            "reload": values.get("reload", False),
            "oral_daily_ug": values.get("oral_daily_ug"),
        }

    def for_action(self) -> dict[str, Any]:
        """Arguments of `order_course`."""
        values = self.cleaned_data
        kept = {name: values[name] for name in ("key", "version", "reason", "note")}
        return {**self.ordered(), **kept, "answers": self.answers}


class EndCourseForm(AnsweredForm):
    """The end of a course."""

    end = DayField(
        label="Ends on", help_text="The first day without treatment; it may be a day to come."
    )
    end_reason = forms.CharField(
        label="Who decided it, and why", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def for_action(self) -> dict[str, Any]:
        """Arguments of `end_course`."""
        return {**self.cleaned_data, "answers": self.answers}


class LoadingEndedForm(RecordForm):
    """Loading that ended early."""

    loading_ended = DayField(label="Loading ended on")


class ExtraRecheckForm(RecordForm):
    """A recheck on a date of the prescriber's own."""

    date = DayField(label="Date of the recheck")
    reason = forms.CharField(required=False, label="Reason", max_length=500)


class RechecksOffForm(AnsweredForm):
    """A spell without reminders of rechecks."""

    start = DayField(label="From")
    end = DayField(required=False, label="On again from", help_text="Empty: until further notice.")
    reason = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def for_action(self) -> dict[str, Any]:
        """Arguments of `switch_rechecks_off`."""
        return {**self.cleaned_data, "answers": self.answers}
