"""What every form that changes a record has: a key, a version, and typed dates."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from patients.models import Patient


class DayInput(forms.DateInput):
    """A date field of the browser's own; also takes 16/07/2026 where typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """One calendar day."""

    widget = DayInput
    default_error_messages = {"invalid": "Enter a date, such as 16/07/2026."}

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]
        super().__init__(input_formats=formats, **kwargs)


class RecordForm(forms.Form):
    """A form about one patient, carried out once and only against the record it was made for.

    `key` is made when the form is shown; `version` is the record's version
    then. A bound form keeps what was typed; `renew` takes the record's
    present version, after the user has been told that it changed.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, patient: Patient | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", None) or {}
        initial.setdefault("key", uuid.uuid4())
        if patient is not None:
            initial.setdefault("version", patient.version)
        super().__init__(*args, initial=initial, **kwargs)
        self.patient = patient

    def renew(self, patient: Patient) -> None:
        """Let the user save against the record as it is now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(patient.version)

    def for_action(self) -> dict[str, Any]:
        """The cleaned values, as keyword arguments of an action."""
        return dict(self.cleaned_data)
