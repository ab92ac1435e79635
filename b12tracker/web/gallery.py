"""Every component on one page, to look at while changing them; served under DEBUG only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from b12tracker.web.charts import Band, Phase, Point, Series, Trend, draw_trend
from b12tracker.web.templatetags.b12 import COLOURS

SITES = [("left", "Left deltoid"), ("right", "Right deltoid")]


@dataclass(frozen=True)
class Sample:
    """Stands for whatever a page would show."""

    text: str = ""
    colour: str = "grey"
    name: str = ""
    count: int = 0
    url: str = "#"
    current: bool = False
    note: str = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    full_name = forms.CharField(label="Given by", help_text="Name and role.")
    given_on = forms.DateField(label="Given on", widget=forms.DateInput({"type": "date"}))
    amount = forms.DecimalField(
        label="Amount, micrograms", widget=forms.NumberInput({"class": "nhsuk-input--width-5"})
    )
    drug = forms.ChoiceField(
        label="Drug", choices=[("oh", "Hydroxocobalamin"), ("me", "Methylcobalamin")]
    )
    site = forms.ChoiceField(label="Site", choices=SITES, widget=forms.RadioSelect)
    symptoms = forms.MultipleChoiceField(
        label="Symptoms since the last injection",
        choices=[("p", "Pins and needles"), ("g", "Unsteady walking"), ("m", "Poor memory")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Ask about each.",
    )
    checked = forms.BooleanField(label="Name and birth date were read back")
    note = forms.CharField(label="Note", widget=forms.Textarea({"rows": 3}), required=False)


BANNER = {
    "name": "WILLIAMS, Janet",
    "url": "#",
    "tags": [Sample("Long overdue", "red"), Sample("Neurological", "purple")],
    "facts": [
        ("Born", "9 March 1959 (67 years)"),
        ("NHS number", "943 476 5919"),
        ("Allergies", "None recorded"),
        ("Phase", "Maintenance"),
        ("Next injection", "16 July 2026"),
    ],
    "alerts": ["Relapse suspected", "New or worse neurological symptoms"],
}
BUCKETS = [
    Sample(name="Due today", count=12, colour="yellow", current=True),
    Sample(name="Late", count=7, colour="orange"),
    Sample(name="Overdue", count=4, colour="red"),
    Sample(name="Long overdue", count=3, colour="red"),
    Sample(name="Lapsed", count=2, colour="red"),
    Sample(name="Due soon", count=21, colour="blue"),
    Sample(name="Loading now", count=5, colour="purple"),
    Sample(name="Recheck only", count=1, colour="aqua-green"),
    Sample(name="Up to date", count=148, colour="green"),
    Sample(name="Oral", count=0, colour="grey"),
    Sample(name="No forecast", count=2, colour="pink", note="2 more than 4 weeks ago"),
]
FLAG = {
    "why": "Haemoglobin fell and MCV rose after a set of results that was at target.",
    "do": "See the patient within a week and repeat B12, homocysteine and MMA.",
    "evidence": [
        {"text": "Homocysteine 18.2 \u00b5mol/L", "date": date(2026, 4, 2)},
        {"text": "Haemoglobin 104 g/L, MCV 108 fL", "date": date(2026, 5, 20)},
    ],
    "source": "Clinic protocol, section 5",
    "since": date(2026, 5, 20),
}
ROWS = [
    ("WILLIAMS, Janet", "67 years", Sample("Long overdue", "red"), "2 April 2026", "Relapse"),
    ("O'CONNOR, Si\u00e2n", "42 years", Sample("Due today", "yellow"), "25 May 2026", ""),
    (
        "PAPADOPOULOU, \u0395\u03bb\u03ad\u03bd\u03b7",
        "58 years",
        Sample("Late", "orange"),
        "18 May 2026",
        "",
    ),
]
TODAY = date(2026, 5, 25)


def _points(unit: str, values: str) -> tuple[Point, ...]:
    """Results some weeks apart: "150 <90 >2000 c400", c for corrected since."""
    points = []
    for number, written in enumerate(values.split()):
        day = date(2024, 2, 12) + timedelta(days=number * 92)
        comparator = written[0] if written[0] in "<>" else ""
        value = Decimal(written.lstrip("<>c"))
        label = f"{comparator}{value:,} {unit}"
        point = Point(
            on=day, value=value, label=label, comparator=comparator, superseded=written[0] == "c"
        )
        points.append(point)
    return tuple(points)


def _series(name: str, unit: str, values: str, *bands: Band) -> Series:
    return Series(name=name, unit=unit, points=_points(unit, values), bands=bands)


TREND = Trend(
    title="Results of Janet Williams over time",
    today=TODAY,
    series=(
        _series(
            "Vitamin B12",
            "pg/mL",
            "<90 240599 1480 c310 640 520 480 >2000 390",
            Band(lower=Decimal(350), upper=None, words="target over 350"),
        ),
        _series(
            "Homocysteine",
            "\u00b5mol/L",
            "48 22 13.5 9.1 8.2 11 9.4 8.8 18.2",
            Band(lower=None, upper=Decimal(10), words="target under 10"),
        ),
        _series(
            "MMA", "nmol/L", "", Band(lower=None, upper=Decimal(271), words="target under 271")
        ),
        _series(
            "Haemoglobin",
            "g/L",
            "98 112 124 131 134 136 133 128 104",
            Band(lower=Decimal(120), upper=None, words="120 and over"),
        ),
    ),
    injections=tuple(date(2024, 2, 14) + timedelta(days=2 * n) for n in range(8))
    + tuple(date(2024, 5, 1) + timedelta(days=61 * n) for n in range(12)),
    phases=(
        Phase(start=date(2024, 2, 14), end=date(2024, 5, 1), words="Loading"),
        Phase(start=date(2024, 5, 1), end=None, words="Maintenance"),
    ),
)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components, with a form in error and one that is untouched."""
    flags = [
        FLAG | {"severity": severity, "tag": Sample(text, colour), "title": title}
        for severity, text, colour, title in (
            ("critical", "Critical", "red", "Relapse suspected"),
            ("warning", "Warning", "orange", "Homocysteine not at target"),
            ("info", "Information", "blue", "MMA suggested"),
        )
    ]
    shown = {
        "banner": BANNER,
        "buckets": BUCKETS,
        "flags": flags,
        "rows": ROWS,
        "figure": draw_trend(TREND),
        "form": SampleForm({"amount": "a lot"}),
        "blank": SampleForm(prefix="blank"),
        "colours": sorted(COLOURS),
    }
    return render(request, "_components/gallery.html", shown)
