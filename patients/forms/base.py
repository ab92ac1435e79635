"""What every form that changes a record has: a key, a version, and typed dates."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date
from typing import Any, cast

import phonenumbers
from django import forms
from django.http import QueryDict

from patients.models import Patient

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_NOTE = 10_000
MOST_PHONE_DIGITS = 20


class DayInput(forms.DateInput):
    """A date field of the browser's own; also takes 16/07/2026 where typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """One calendar day, of the years that the rules can read."""

    widget = DayInput
    default_error_messages = {"invalid": "Enter a date, such as 16/07/2026."}

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]
        super().__init__(input_formats=formats, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day; refuses years that are typing errors."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}, with four digits."
            )
        return day


class NoteField(forms.CharField):
    """Free text of up to 10,000 characters; a line break counts as one.

    Nothing stops the typing at the limit: a browser that did would cut a
    pasted note without a word.
    """

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=kwargs.pop("required", False), **kwargs)

    def to_python(self, value: Any) -> str:
        """The text with line breaks of one character; refuses one that is too long."""
        text = str(super().to_python(value)).replace("\r\n", "\n").strip()
        if len(text) > LONGEST_NOTE:
            raise forms.ValidationError(
                f"This note has {len(text):,} characters. Shorten it to {LONGEST_NOTE:,}."
            )
        return text


class NameField(forms.CharField):
    """A name in any script, in one form of its letters and with single spaces."""

    def to_python(self, value: Any) -> str:
        """The name as it is kept."""
        return " ".join(unicodedata.normalize("NFC", str(super().to_python(value))).split())


class PhoneField(forms.CharField):
    """A telephone number; kept as typed unless it is certain what it means.

    With `region` set on the form's first look (an ISO country code), local
    numbers of that country are written in full, as "+44 20 7946 0123".
    """

    region: str | None = None

    def to_python(self, value: Any) -> str:
        """The number in its international form where known, else as typed."""
        text = str(super().to_python(value))
        if not text:
            return text
        if not 3 <= sum(character.isdigit() for character in text) <= MOST_PHONE_DIGITS:
            raise forms.ValidationError("Enter a telephone number, such as 020 7946 0123.")
        try:
            number = phonenumbers.parse(text, self.region)
        except phonenumbers.NumberParseException:
            return text
        if not phonenumbers.is_valid_number(number):
            return text
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class RecordForm(forms.Form):
    """A form about one patient, carried out once and only against the record it was made for.

    `key` is made when the form is shown; `version` is the record's version
    then. A bound form keeps what was typed; `renew` takes the record's
    present version, after the user has been told that it changed. The cleaned
    key also stands for what was typed: the same form sent twice is one deed,
    while one that was changed after Back is another, and not lost unsaid.
    """

    # Some browsers fill a page that is loaded again with the old page's hidden values.
    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )

    def __init__(self, *args: Any, patient: Patient | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", None) or {}
        initial.setdefault("key", uuid.uuid4())
        if patient is not None:
            initial.setdefault("version", patient.version)
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.patient = patient

    def full_clean(self) -> None:
        """Clean the fields, and bind the key to what they say."""
        super().full_clean()
        if self.is_bound and not self.errors:
            said = sorted(
                (name, str(value))
                for name, value in self.cleaned_data.items()
                if name not in RecordForm.base_fields
            )
            self.cleaned_data["key"] = uuid.uuid5(self.cleaned_data["key"], repr(said))

    def renew(self, patient: Patient) -> None:
        """Let the user save against the record as it is now."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(patient.version)
        self.data = data

    def compare(self, patient: Patient) -> None:
        """Point out where saving would change what somebody else saved meanwhile.

        For forms that replace what stands; one that only adds has nothing to say.
        """

    def for_action(self) -> dict[str, Any]:
        """The cleaned values, as keyword arguments of an action."""
        return dict(self.cleaned_data)
