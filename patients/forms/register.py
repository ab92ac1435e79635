"""Forms of the register: who somebody is, where they are in care, when they are away."""

from __future__ import annotations

from typing import Any

from django import forms

from b12tracker.clinics.models import Clinic
from patients.actions.errors import Refused
from patients.actions.register import Identifier
from patients.forms.base import DayField, NameField, NoteField, PhoneField, RecordForm
from patients.identifiers import clean_identifier
from patients.models import Cause, Patient, PatientIdentifier

LANGUAGES = [
    ("en", "English"),
    ("cy", "Welsh"),
    ("ar", "Arabic"),
    ("bn", "Bengali"),
    ("zh", "Chinese"),
    ("cs", "Czech"),
    ("fr", "French"),
    ("de", "German"),
    ("el", "Greek"),
    ("gu", "Gujarati"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("it", "Italian"),
    ("lt", "Lithuanian"),
    ("ne", "Nepali"),
    ("fa", "Persian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("pa", "Punjabi"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("so", "Somali"),
    ("es", "Spanish"),
    ("ta", "Tamil"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
]
# A local telephone number means something only where the clinic's country is certain.
REGIONS = {"Europe/London": "GB"}
MEDIUM = {"class": "nhsuk-input--width-20"}
ASKED_IDENTIFIERS = [
    PatientIdentifier.System.NHS,
    PatientIdentifier.System.CHI,
    PatientIdentifier.System.MRN,
]


class PatientForm(RecordForm):
    """Who the person is and how to reach them."""

    family_name = NameField(label="Family name", max_length=150)
    given_names = NameField(label="Given names", max_length=150, required=False)
    birth_date = DayField(label="Birth date")
    sex = forms.ChoiceField(
        label="Sex",
        choices=Patient.Sex.choices,
        help_text="The limits for haemoglobin depend on it.",
    )
    pregnancy = forms.ChoiceField(label="Pregnancy", choices=Patient.Pregnancy.choices)
    breastfeeding = forms.BooleanField(label="Breastfeeding", required=False)
    phone = PhoneField(label="Phone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    address = forms.CharField(
        label="Address", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    language = forms.ChoiceField(label="Language", choices=LANGUAGES)
    messages_consent = forms.BooleanField(
        label="Agrees to get reminders by phone or e-mail", required=False
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        defaults = {"sex": "unknown", "pregnancy": "no", "language": "en"}
        kwargs["initial"] = {**defaults, **initial}
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        if isinstance(phone, PhoneField):
            phone.region = REGIONS.get(clinic.time_zone)

    def clean(self) -> dict[str, Any]:
        """Reminders need somewhere to go."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("messages_consent") and not (
            cleaned.get("phone") or cleaned.get("email") or self.errors
        ):
            self.add_error(
                "messages_consent", "Enter a phone number or an e-mail address for reminders."
            )
        return cleaned


DETAILS = [name for name in PatientForm.base_fields if name not in RecordForm.base_fields]


class EditPatientForm(PatientForm):
    """The same, of somebody who is registered."""

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        initial = {name: getattr(patient, name) for name in DETAILS}
        known = {code for code, _ in LANGUAGES}
        super().__init__(*args, patient=patient, clinic=patient.clinic, initial=initial, **kwargs)
        if patient.language not in known:
            language = self.fields["language"]
            language.choices = [*LANGUAGES, (patient.language, patient.language)]  # type: ignore[attr-defined]

    def compare(self, patient: Patient) -> None:
        """At each field that differs from the record as it is now, what the record says."""
        for name in DETAILS:
            stands = getattr(patient, name)
            if name in self.cleaned_data and self.cleaned_data[name] != stands:
                shown = self.fields[name].prepare_value(stands)
                if isinstance(self.fields[name], forms.ChoiceField):
                    shown = dict(self.fields[name].choices).get(stands, stands)  # type: ignore[attr-defined]
                now = {True: "yes", False: "no", "": "nothing"}.get(shown, shown)
                self.add_error(
                    name, f"The record now says: {now}. Saving again puts yours in its place."
                )


class NewPatientForm(PatientForm):
    """Who somebody is, their numbers, and why they are treated."""

    cause = forms.ChoiceField(
        label="Cause",
        choices=[("", "Not diagnosed yet"), *Cause.choices],
        required=False,
        help_text="It decides which regimen is suggested.",
    )
    diagnosed_on = DayField(label="Date of diagnosis", required=False)
    deficient = forms.BooleanField(label="B12 is, or was, deficient", required=False, initial=True)
    another_person = forms.BooleanField(label="No, this is another person", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for system in ASKED_IDENTIFIERS:
            self.fields[system.value] = forms.CharField(
                label=system.label,
                max_length=40,
                required=False,
                widget=forms.TextInput(MEDIUM),
            )

    def clean(self) -> dict[str, Any]:
        """Numbers with their check digits proved, and a diagnosis that is whole."""
        cleaned = super().clean()
        for system in ASKED_IDENTIFIERS:
            if text := cleaned.get(system.value):
                try:
                    cleaned[system.value] = clean_identifier(system.value, text)
                except Refused as refused:
                    self.add_error(system.value, refused.message)
        undated = not cleaned.get("diagnosed_on") and "diagnosed_on" not in self.errors
        if cleaned.get("cause") and undated:
            self.add_error("diagnosed_on", "Enter the date of the diagnosis.")
        if cleaned.get("diagnosed_on") and not cleaned.get("cause"):
            self.add_error("cause", "Choose the cause; 'Not known yet' is one of the choices.")
        return cleaned

    @property
    def name(self) -> str:
        """The whole name as typed."""
        return f"{self.cleaned_data['family_name']} {self.cleaned_data['given_names']}"

    @property
    def identifiers(self) -> list[Identifier]:
        """The numbers that were filled in."""
        return [
            Identifier(system.value, self.cleaned_data[system.value])
            for system in ASKED_IDENTIFIERS
            if self.cleaned_data[system.value]
        ]

    def for_action(self) -> dict[str, Any]:
        """Arguments of `admit_patient`."""
        values = self.cleaned_data
        details = {name: values[name] for name in DETAILS}
        diagnosis = None
        if values["cause"]:
            diagnosis = {
                "cause": values["cause"],
                "date": values["diagnosed_on"],
                "deficient": values["deficient"],
            }
        return {
            "key": values["key"],
            "identifiers": self.identifiers,
            "diagnosis": diagnosis,
            **details,
        }


class CareStatusForm(RecordForm):
    """In care here, or why not."""

    status = forms.ChoiceField(
        label="Status", choices=Patient.Status.choices, widget=forms.RadioSelect
    )
    since = DayField(label="Since", required=False, help_text="Not needed for 'Active'.")
    reason = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea({"rows": 2}))


class AwayForm(RecordForm):
    """A spell in which the patient cannot come."""

    start = DayField(label="Away from")
    until = DayField(
        label="Last day away",
        required=False,
        help_text="Leave empty if it is not known: away until further notice.",
    )
    note = NoteField(label="Note")


class VoidForm(RecordForm):
    """Why an entry is wrong."""

    reason = forms.CharField(
        label="Why is it wrong?",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="For example: entered for the wrong patient.",
        error_messages={"required": "Say why this entry is wrong. The reason is kept with it."},
    )


class EndForm(RecordForm):
    """When something ended."""

    end = DayField(label="Ended on")
