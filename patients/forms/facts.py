"""One small form for each kind of fact that is recorded on its own."""

from __future__ import annotations

from typing import Any

from django import forms

from patients.actions.register import Identifier
from patients.forms.base import DayField, NoteField, RecordForm
from patients.models import (
    Allergy,
    Cause,
    Condition,
    MedicineUse,
    PatientIdentifier,
    SymptomReview,
)

SHORT = {"class": "nhsuk-input--width-5"}


class FactForm(RecordForm):
    """A fact with a note; `today` fills in the day on which it is usually recorded."""

    today_field = ""
    note = NoteField(label="Note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = kwargs.pop("today", None)
        if today and self.today_field:
            kwargs["initial"] = {self.today_field: today, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "note"])


class DiagnosisForm(FactForm):
    """What the person is treated for."""

    cause = forms.ChoiceField(label="Cause", choices=[("", "Choose"), *Cause.choices])
    date = DayField(label="Date of diagnosis")
    deficient = forms.BooleanField(label="B12 is, or was, deficient", required=False, initial=True)


class ConditionForm(FactForm):
    """A lasting condition."""

    code = forms.ChoiceField(label="Condition", choices=[("", "Choose"), *Condition.Code.choices])
    onset = DayField(label="Since", help_text="Or the date of the operation.")
    ended = DayField(label="Ended on", required=False)
    length_cm = forms.DecimalField(
        label="Length of ileum removed, in cm",
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput(SHORT | {"inputmode": "decimal"}),
        help_text="Only for an ileal resection. Leave empty if it is not known.",
    )
    procedure = forms.CharField(
        label="Procedure", max_length=200, required=False, help_text="Such as gastric bypass."
    )

    def clean(self) -> dict[str, Any]:
        """A length belongs to a resection."""
        cleaned = super().clean() or self.cleaned_data
        length = cleaned.get("length_cm")
        if length is not None and cleaned.get("code") != Condition.Code.ILEAL_RESECTION:
            self.add_error("length_cm", "A length is kept only for an ileal resection.")
        elif length == 0:
            self.add_error("length_cm", "Enter a length above 0, or leave it empty.")
        return cleaned


class SymptomForm(FactForm):
    """A review of symptoms."""

    today_field = "date"
    date = DayField(label="Date of the review")
    symptoms = forms.MultipleChoiceField(
        label="Symptoms",
        choices=SymptomReview.Symptom.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    direction = forms.ChoiceField(
        label="Since the last review they are",
        choices=SymptomReview.Direction.choices,
        widget=forms.RadioSelect,
    )
    severe = forms.BooleanField(label="Severe", required=False)


class MedicineForm(FactForm):
    """A medicine or exposure."""

    code = forms.ChoiceField(label="Medicine", choices=[("", "Choose"), *MedicineUse.Code.choices])
    start = DayField(label="Since", help_text="For nitrous oxide: the day of the exposure.")
    end = DayField(label="Ended on", required=False)


class FolicAcidForm(FactForm):
    """A course of folic acid."""

    start = DayField(label="Since")
    end = DayField(label="Ended on", required=False)


class AllergyForm(FactForm):
    """An allergy."""

    today_field = "date"
    substance = forms.ChoiceField(
        label="Allergic to", choices=[("", "Choose"), *Allergy.Substance.choices]
    )
    date = DayField(label="Noted on")
    reaction = forms.CharField(
        label="What happened", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class ReactionForm(RecordForm):
    """What happened after one injection."""

    date = DayField(label="Date of the reaction")
    description = forms.CharField(
        label="What happened", max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = kwargs.pop("today", None)
        kwargs["initial"] = {"date": today, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class IdentifierForm(RecordForm):
    """Another number of the patient."""

    system = forms.ChoiceField(label="Kind of number", choices=PatientIdentifier.System.choices)
    value = forms.CharField(label="Number", max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("today", None)
        super().__init__(*args, **kwargs)

    def for_action(self) -> dict[str, Any]:
        """Arguments of `add_identifier`, which no version binds."""
        values = self.cleaned_data
        return {
            "identifier": Identifier(values["system"], values["value"]),
            "key": values["key"],
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """A refusal of the number names its system: it belongs to the number's field."""
        super().add_error(field if field in self.fields or not field else "value", error)
