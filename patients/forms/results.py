"""A panel of results of one sample, and the correction of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from patients.actions.results import NewResult
from patients.forms.base import DayField, NoteField, RecordForm
from patients.models import Analyte, LabResult
from patients.presenters import number_words
from patients.units import implausible, parse_value
from regimens.engine.units import UNITS, unit_words

PANEL = (
    Analyte.B12,
    Analyte.HOMOCYSTEINE,
    Analyte.MMA,
    Analyte.HAEMOGLOBIN,
    Analyte.MCV,
    Analyte.FOLATE,
    Analyte.FERRITIN,
    Analyte.POTASSIUM,
    Analyte.CREATININE,
    Analyte.EGFR,
    Analyte.PLATELETS,
    Analyte.RETICULOCYTES,
    Analyte.ACTIVE_B12,
    Analyte.IF_ANTIBODY,
)
VALUE = {"class": "nhsuk-input--width-5", "autocomplete": "off"}
NARROW = {"class": "nhsuk-input--width-4", "autocomplete": "off", "inputmode": "decimal"}
PLAIN_NUMBER = "Enter a plain number, such as 180 or 0.4."


@dataclass(frozen=True)
class ResultRow:
    """The fields of one analyte, and the question about a value that is hard to believe."""

    analyte: str
    label: str
    value: forms.BoundField
    unit: forms.BoundField
    low: forms.BoundField
    high: forms.BoundField
    doubt: str
    answer: str


class PanelForm(RecordForm):
    """Results of one day; a row that is left empty is no result.

    A value that is hard to believe is asked about once: the question goes with
    the very text and unit that it was about, so that another value asks again.
    """

    collected_on = DayField(label="Date of the sample")
    laboratory = forms.CharField(
        label="Laboratory",
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "nhsuk-input--width-20"}),
    )

    def __init__(
        self,
        *args: Any,
        analytes: Sequence[str] = PANEL,
        units: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.analytes = [Analyte(code) for code in analytes]
        self.doubts: dict[str, str] = {}
        self.results: list[NewResult] = []
        for analyte in self.analytes:
            self._add_row(analyte, (units or {}).get(analyte))

    def _add_row(self, analyte: Analyte, unit: str | None) -> None:
        choices = [(code, unit_words(code)) for code in UNITS[analyte.value]]
        if analyte == Analyte.IF_ANTIBODY:
            choices.insert(0, ("", "none"))
        unit_label = f"Unit of {analyte.label}"
        self.fields[analyte.value] = forms.CharField(
            label=analyte.label, max_length=40, required=False, widget=forms.TextInput(VALUE)
        )
        self.fields[f"unit-{analyte}"] = forms.ChoiceField(
            label=unit_label,
            choices=choices,
            required=False,
            widget=forms.Select({"aria-label": unit_label}),
            initial=unit or choices[0][0],
            error_messages={"invalid_choice": "%(value)s is not a unit of this test."},
        )
        for end, words in (("low", "from"), ("high", "to")):
            label = f"Laboratory's range of {analyte.label}, {words}"
            self.fields[f"{end}-{analyte}"] = forms.DecimalField(
                label=label,
                required=False,
                min_value=0,
                max_digits=14,
                decimal_places=5,
                widget=forms.TextInput({**NARROW, "aria-label": label}),
                error_messages={"invalid": PLAIN_NUMBER},
            )

    def rows(self) -> Iterator[ResultRow]:
        """The rows for the page."""
        for analyte in self.analytes:
            yield ResultRow(
                analyte=analyte.value,
                label=analyte.label,
                value=self[analyte.value],
                unit=self[f"unit-{analyte}"],
                low=self[f"low-{analyte}"],
                high=self[f"high-{analyte}"],
                doubt=self.doubts.get(analyte, ""),
                answer=self._answer(analyte),
            )

    def _answer(self, analyte: str) -> str:
        """What the tick beside a doubtful value stands for: this text in this unit."""
        text = str(self[analyte].value() or "").strip()
        return f"{text} {self[f'unit-{analyte}'].value() or ''}"

    def clean(self) -> dict[str, Any]:
        """Read each row; every fault stays with its own field."""
        cleaned = super().clean() or self.cleaned_data
        for analyte in self.analytes:
            self._read_row(analyte)
        if not self.results and not self.errors:
            self.add_error(None, "Enter at least one result.")
        return cleaned

    def _read_row(self, analyte: Analyte) -> None:
        text = self.cleaned_data.get(analyte.value, "")
        low, high = (self.cleaned_data.get(f"{end}-{analyte}") for end in ("low", "high"))
        if not text:
            if low is not None or high is not None:
                self.add_error(analyte.value, "Enter the result, or clear its range.")
            return
        if low is not None and high is not None and high < low:
            self.add_error(f"high-{analyte}", "The range ends below its beginning.")
        try:
            self.results.append(self._result(analyte, text, low, high))
        except ValueError as wrong:
            self.add_error(analyte.value, str(wrong))

    def _result(self, analyte: Analyte, text: str, low: Any, high: Any) -> NewResult:
        unit = self.cleaned_data.get(f"unit-{analyte}", "")
        if analyte == Analyte.IF_ANTIBODY and text.lower() in LabResult.Word.values:
            return NewResult(analyte.value, value_word=text.lower())
        comparator, value = parse_value(text)
        if not unit:
            raise ValueError("Choose a unit, or enter positive, negative or equivocal.")
        return NewResult(
            analyte.value,
            value=value,
            unit=unit,
            comparator=comparator,
            range_low=low,
            range_high=high,
            acknowledged=self._believed(analyte, value, unit),
        )

    def _believed(self, analyte: Analyte, value: Any, unit: str) -> list[dict[str, Any]]:
        """What the user has confirmed about a doubtful value. Raises `ValueError` to ask."""
        doubt = implausible(analyte.value, value, unit)
        if not doubt:
            return []
        self.doubts[analyte.value] = doubt
        if self.data.get(f"sure-{analyte}") != self._answer(analyte):
            raise ValueError(f"{doubt} Check the report, then confirm or correct it.")
        return [{"code": "implausible-value", "severity": "warning", "reason": doubt}]

    def for_action(self) -> dict[str, Any]:
        """Arguments of `record_results`."""
        names = ("key", "version", "collected_on", "laboratory")
        return {"results": self.results, **{name: self.cleaned_data[name] for name in names}}


class CorrectForm(PanelForm):
    """A new version of one result."""

    reason = forms.CharField(
        label="Why is it corrected?",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="For example: the laboratory sent a corrected report.",
        error_messages={"required": "Say why the result is corrected."},
    )
    note = NoteField(label="Note")

    def __init__(self, *args: Any, result: LabResult, **kwargs: Any) -> None:
        shown = number_words(result.value) if result.value is not None else result.value_word
        initial = {
            "collected_on": result.collected_on,
            result.analyte: f"{result.comparator}{shown}",
            f"low-{result.analyte}": _plain(result.range_low),
            f"high-{result.analyte}": _plain(result.range_high),
            "note": result.note,
        }
        units = {result.analyte: result.unit}
        super().__init__(*args, analytes=[result.analyte], units=units, initial=initial, **kwargs)
        del self.fields["laboratory"]

    def for_action(self) -> dict[str, Any]:
        """Arguments of `correct_result`."""
        names = ("key", "version", "collected_on", "reason")
        correction = replace(self.results[0], note=self.cleaned_data["note"])
        return {"correction": correction, **{name: self.cleaned_data[name] for name in names}}


def _plain(number: Any) -> str:
    return "" if number is None else number_words(number)
