"""Random histories for the engine's properties: every kind of fact, dates close together.

A distance is drawn in days from a fixed start. Tight ones (60 days) make windows
and bands collide; wide ones (400 days and more) cross months and years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from regimens.engine.facts import (
    Allergy,
    Away,
    Condition,
    Course,
    Diagnosis,
    Dose,
    ExtraRecheck,
    Facts,
    FolicAcid,
    Lab,
    Medicine,
    NotGiven,
    Patient,
    Policy,
    RechecksOff,
    SymptomReview,
)

START = date(2026, 1, 5)
CAUSES = ("pernicious-anaemia", "dietary", "ileal-resection", "bariatric-surgery", "nitrous-oxide")
CONDITIONS = (
    "ileal-resection",
    "crohns-ileal",
    "bariatric-surgery",
    "gastrectomy",
    "chronic-kidney-disease",
    "diabetic-nephropathy",
    "leber-optic-neuropathy",
    "bleeding-disorder",
)
MEDICINES = ("metformin", "anticoagulant-oral", "nitrous-oxide", "digoxin")
# Values on both sides of each cut-off.
VALUES: dict[str, tuple[tuple[str, str], ...]] = {
    "b12": (("120", "pg/mL"), ("200", "pmol/L"), ("520", "ng/L"), ("180", "ng/L")),
    "active-b12": (("20", "pmol/L"), ("50", "pmol/L"), ("90", "pmol/L")),
    "mma": (("200", "nmol/L"), ("0.41", "umol/L"), ("35", "ug/L")),
    "homocysteine": (("16", "umol/L"), ("8", "umol/L")),
    "haemoglobin": (("75", "g/L"), ("11.0", "g/dL"), ("140", "g/L")),
    "mcv": (("104", "fL"), ("90", "fL")),
    "egfr": (("28", "mL/min/{1.73_m2}"), ("80", "mL/min/{1.73_m2}")),
    "potassium": (("3.1", "mmol/L"), ("4.2", "mmol/L")),
    "platelets": (("40", "10*9/L"), ("250", "10*9/L")),
    "if-antibody": (("5", "[IU]/mL"),),
}
PANEL = (("b12", 2), ("haemoglobin", 2), ("mcv", 1), ("homocysteine", 1))
NAMED = (("glossitis",), ("paraesthesia",), ("gait-ataxia", "fatigue"))

type Draw = Callable[[st.SearchStrategy[Any]], Any]


class Writer:
    """Draws facts dated from the start up to `today`, which lies `span` days later at most."""

    def __init__(self, draw: Draw, span: int) -> None:
        self.draw = draw
        self.span = span
        self.today = START + timedelta(days=draw(st.integers(0, span)))

    def past(self) -> date:
        """A day up to today."""
        return START + timedelta(days=self.draw(st.integers(0, (self.today - START).days)))

    def later(self, start: date) -> date | None:
        """A day after another, perhaps one to come, or none."""
        if self.draw(st.booleans()):
            return None
        return start + timedelta(days=self.draw(st.integers(1, self.span)))

    def void(self, start: date) -> date | None:
        """A void of a fact, mostly none, perhaps one to come."""
        if self.draw(st.integers(0, 9)):
            return None
        return start + timedelta(days=self.draw(st.integers(0, self.span)))

    def several(self, make: Callable[[], Any], most: int) -> tuple[Any, ...]:
        """Some facts of a kind."""
        return tuple(make() for _ in range(self.draw(st.integers(0, most))))

    def one_of(self, *choices: Any) -> Any:
        """One of some values."""
        return self.draw(st.sampled_from(choices))

    def course(self, start: date, reload: bool) -> Course:
        regimen = self.one_of("im-neuro", "im-standard", "im-standard", "im-ileal", "im-bariatric")
        if not self.draw(st.integers(0, 3)):
            regimen = "oral"
        ended = None
        if not self.draw(st.integers(0, 3)) and start <= self.today:
            ended = start + timedelta(days=self.draw(st.integers(0, (self.today - start).days)))
        return Course(
            start=start,
            regimen=regimen,
            interval=self.one_of(None, "P1M", "P3M", "P2W"),
            drug=self.one_of("hydroxocobalamin", "hydroxocobalamin", "cyanocobalamin"),
            loading_ended=ended,
            reload=reload,
            end=self.one_of(None, None, start, self.later(start)),
            voided=self.void(start),
        )

    def courses(self) -> tuple[Course, ...]:
        """Up to three courses; mostly one runs from the start on."""
        starts = self.draw(st.sets(st.integers(1, self.span), max_size=2))
        later = tuple(
            self.course(START + timedelta(days=day), bool(self.one_of(0, 0, 1))) for day in starts
        )
        if not self.draw(st.integers(0, 4)):
            return later
        first = self.course(START, reload=False)
        if self.draw(st.booleans()):
            first = replace(first, voided=None, end=None)
        return (first, *later)

    def doses_in_a_row(self) -> tuple[Dose, ...]:
        """Ordinary injections from the start on, at a pace."""
        pace = self.one_of(2, 2, 3, 30)
        days = (START + timedelta(days=pace * one) for one in range(self.one_of(0, 3, 6, 7, 9)))
        return tuple(
            Dose(date=day, drug="hydroxocobalamin", amount_ug=Decimal(1000), route="IM")
            for day in days
            if day <= self.today
        )

    def dose(self) -> Dose:
        day = self.past()
        return Dose(
            date=day,
            drug=self.one_of("hydroxocobalamin", "cyanocobalamin"),
            amount_ug=Decimal(self.one_of(1000, 1000, 1000, 500, 5_000_000)),
            route=self.one_of("IM", "IM", "IM", "IM", "IM", "SC", "IV", "oral"),
            site=self.one_of(None, "deltoid-left", "buttock-right"),
            reaction=self.one_of(None, None, None, None, "rash"),
            voided=self.void(day),
        )

    def review(self) -> SymptomReview:
        direction = self.one_of("new", "worse", "improving", "plateau", "resolved", "none")
        symptoms = self.one_of((), ("fatigue",), *NAMED)
        if direction in ("new", "worse"):
            symptoms = self.one_of(("fatigue",), *NAMED)
        day = self.past()
        return SymptomReview(
            date=day,
            direction=direction,
            symptoms=() if direction == "none" else symptoms,
            severe=self.one_of(False, True),
            voided=self.void(day),
        )

    def lab(self) -> Lab:
        analyte = self.one_of(*VALUES)
        value, unit = self.one_of(*VALUES[analyte])
        day = self.past()
        return Lab(
            date=day,
            analyte=analyte,
            value=Decimal(value),
            unit=unit,
            comparator=self.one_of(None, None, None, "<", ">="),
            voided=self.void(day),
        )

    def panel(self) -> tuple[Lab, ...]:
        """A set, mostly at target, of one day or of a few."""
        first = self.past()
        labs = []
        for analyte, good in PANEL:
            value, unit = VALUES[analyte][self.one_of(good, good, good, 0)]
            day = min(self.today, first + timedelta(days=self.one_of(0, 0, 3, 15)))
            labs.append(Lab(date=day, analyte=analyte, value=Decimal(value), unit=unit))
        return tuple(labs)

    def condition(self) -> Condition:
        day = self.past()
        return Condition(
            code=self.one_of(*CONDITIONS),
            onset=day,
            ended=self.later(day),
            length_cm=self.one_of(None, Decimal(12), Decimal(20), Decimal(25)),
            voided=self.void(day),
        )

    def spell(self, kind: Any, **more: Any) -> Any:
        day = self.past()
        return kind(start=day, end=self.later(day), voided=self.void(day), **more)

    def patient(self) -> Patient:
        status = "active" if self.draw(st.integers(0, 11)) else "deceased"
        away = None
        if self.draw(st.booleans()):
            start = START + timedelta(days=self.draw(st.integers(0, self.span)))
            away = Away(start=start, until=self.later(start))
        return Patient(
            birth_date=self.one_of(*(date(1960, 5, 10),) * 5, date(2010, 2, 11)),
            sex=self.one_of("female", "male", "unknown"),
            pregnant=self.one_of(False, False, 2),
            status=status,
            status_since=None if status == "active" else self.past(),
            away=away,
        )

    def facts(self) -> Facts:
        diagnosis = None
        if self.draw(st.booleans()):
            day = self.past()
            diagnosis = Diagnosis(
                date=day,
                cause=self.one_of(*CAUSES),
                deficient=self.one_of(True, False),
                voided=self.void(day),
            )
        panels = self.several(self.panel, 3)
        extras = st.integers(0, 2 * self.span)
        return Facts(
            patient=self.patient(),
            diagnosis=diagnosis,
            conditions=self.several(self.condition, 2),
            symptom_reviews=self.several(self.review, 2),
            courses=self.courses(),
            doses=self.doses_in_a_row() + self.several(self.dose, 4),
            not_given=self.several(lambda: NotGiven(date=self.past(), reason="declined"), 1),
            folic_acid=self.several(lambda: self.spell(FolicAcid), 2),
            allergies=self.several(
                lambda: Allergy(substance=self.one_of("cobalt", "other"), date=self.past()), 1
            ),
            medicines=self.several(lambda: self.spell(Medicine, code=self.one_of(*MEDICINES)), 2),
            labs=self.several(self.lab, 5) + tuple(lab for panel in panels for lab in panel),
            extra_rechecks=self.several(
                lambda: ExtraRecheck(date=START + timedelta(days=self.draw(extras))), 3
            ),
            rechecks_off=self.several(lambda: self.spell(RechecksOff), 1),
        )


@st.composite
def histories(draw: Draw, span: int) -> tuple[Facts, date]:
    """Facts and the day to judge them on."""
    writer = Writer(draw, span)
    return writer.facts(), writer.today


policies = st.sampled_from(
    [
        Policy(),
        Policy(),
        Policy(due_soon_days=0, late_days=0, overdue_days=1),
        Policy(due_soon_days=3, late_days=2, overdue_days=5, loading_gap_days=1),
    ]
)
