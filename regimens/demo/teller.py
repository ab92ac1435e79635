"""Tell a story about a patient, in days before today, through the product's own actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from b12tracker.clinics.models import Clinic, User
from patients.actions import facts as record
from patients.actions.injections import record_injection
from patients.actions.register import (
    Identifier,
    change_patient,
    register_patient,
    set_away,
    set_care_status,
)
from patients.actions.results import NewResult, record_results
from patients.models import Injection, Patient
from regimens.actions import order
from regimens.actions.inject import give_injection
from regimens.actions.safety import Unanswered
from regimens.demo.levels import draw
from regimens.demo.names import Name
from regimens.models import Course

ANSWER = "Talked through with the patient and the prescriber; benefit outweighs the risk."
SITES = ("deltoid-left", "deltoid-right", "vastus-lateralis-left", "vastus-lateralis-right")
UNITS = {
    "b12": "ng/L",
    "mma": "nmol/L",
    "homocysteine": "umol/L",
    "haemoglobin": "g/L",
    "mcv": "fL",
    "creatinine": "umol/L",
    "egfr": "mL/min/{1.73_m2}",
    "folate": "ug/L",
    "potassium": "mmol/L",
    "platelets": "10*9/L",
    "active-b12": "pmol/L",
    "ferritin": "ug/L",
}
# From the unit of the tables to the one that the clinic's laboratory reports.
REPORTED = {"haemoglobin": Decimal(10), "creatinine": Decimal("88.4")}
US_UNITS = UNITS | {"b12": "pg/mL", "haemoglobin": "g/dL", "creatinine": "mg/dL"}

type Level = float | str | tuple[float | None, float | None]


@dataclass(frozen=True)
class Place:
    """One demo clinic on one day: who works there, and the dice."""

    clinic: Clinic
    nurse: User
    prescriber: User
    now: datetime
    random: Random

    @property
    def today(self) -> date:
        """The clinic's date."""
        return self.clinic.local_date(self.now)

    @property
    def in_us(self) -> bool:
        """Whether its laboratory reports in American units."""
        return self.clinic.page_size == Clinic.PageSize.LETTER


class Teller:
    """What happened to one patient; every "ago" is whole days before today."""

    def __init__(self, place: Place, patient: Patient) -> None:
        self.place = place
        self.patient = patient
        self.course: Course | None = None
        self.doses: list[Injection] = []

    @classmethod
    def register(
        cls, place: Place, name: Name, number: int, age: int, ago: int, **details: Any
    ) -> Teller:
        """The story begins: somebody new, so old, registered so long ago."""
        born = place.today - relativedelta(years=age, days=place.random.randrange(20, 340))
        patient = register_patient(
            clinic=place.clinic,
            by=place.nurse,
            at=moment(place, ago, time(9, 5)),
            identifiers=[Identifier("clinic-number", f"{place.clinic.name[0]}{number:05}")],
            given_names=name.given,
            family_name=name.family,
            sex=name.sex,
            language=name.language,
            birth_date=born,
            **details,
        )
        return cls(place, patient)

    def day(self, ago: int) -> date:
        """The date so many days ago; negative is to come."""
        return self.place.today - timedelta(days=ago)

    def by_nurse(self, ago: int) -> dict[str, Any]:
        """Who wrote it down, and when: in the afternoon of the day."""
        return {"by": self.place.nurse, "at": moment(self.place, max(ago, 0), time(16, 10))}

    def by_prescriber(self, ago: int) -> dict[str, Any]:
        """Who decided it, and when."""
        return {"by": self.place.prescriber, "at": moment(self.place, max(ago, 0), time(11, 30))}

    def diagnosed(self, ago: int, cause: str, *, deficient: bool = True) -> None:
        """Why the patient is treated."""
        record.record_diagnosis(
            patient=self.patient, date=self.day(ago), cause=cause, deficient=deficient,
            **self.by_prescriber(ago),
        )  # fmt: skip

    def condition(self, ago: int, code: str, **fields: Any) -> None:
        """A lasting condition; its onset may long precede the day it was told of."""
        record.record_condition(
            patient=self.patient, code=code, onset=self.day(ago), **fields, **self.by_nurse(ago)
        )

    def reviewed(self, ago: int, direction: str, *symptoms: str, severe: bool = False) -> None:
        """A review of symptoms."""
        record.record_symptoms(
            patient=self.patient, date=self.day(ago), direction=direction,
            symptoms=list(symptoms), severe=severe, **self.by_nurse(ago),
        )  # fmt: skip

    def takes(self, ago: int, code: str) -> None:
        """Another medicine, or an exposure."""
        record.record_medicine(
            patient=self.patient, code=code, start=self.day(ago), **self.by_nurse(ago)
        )

    def folic_acid(self, ago: int) -> None:
        """Folic acid, still running."""
        record.record_folic_acid(patient=self.patient, start=self.day(ago), **self.by_nurse(ago))

    def allergic(self, ago: int, substance: str, reaction: str) -> None:
        """An allergy."""
        record.record_allergy(
            patient=self.patient, date=self.day(ago), substance=substance, reaction=reaction,
            **self.by_nurse(ago),
        )  # fmt: skip

    def ordered(self, ago: int, regimen: str, interval: str = "", **fields: Any) -> None:
        """A prescriber's order; asked about a risk, the prescriber answers."""
        self.course = _answering(
            order.order_course,
            patient=self.patient, start=self.day(ago), regimen=regimen, interval=interval,
            **{"drug": "hydroxocobalamin", "reason": "Agreed with the patient.", **fields},
            **self.by_prescriber(ago),
        )  # fmt: skip

    def ended(self, ago: int, why: str) -> None:
        """The end of the order."""
        assert self.course is not None
        _answering(
            order.end_course, course=self.course, end=self.day(ago), end_reason=why,
            **self.by_prescriber(ago),
        )  # fmt: skip

    def loading_ended(self, ago: int) -> None:
        """A prescriber goes over to maintenance early."""
        assert self.course is not None
        order.end_loading(
            course=self.course, loading_ended=self.day(ago), **self.by_prescriber(ago)
        )

    def dosed(self, *agos: int, **fields: Any) -> None:
        """Injections on these days, each in the next site; unusual ones answer for themselves."""
        for ago in agos:
            common: dict[str, Any] = {
                "patient": self.patient,
                "given_at": moment(self.place, ago, time(9, 40)),
            }
            common |= self.by_nurse(ago) | self._ordinary_dose(ago) | fields
            # An ordinary dose of the past is entered as it stands: asking the
            # rules about each would take most of the time of the whole demo.
            made = _answering(give_injection, **common) if fields else record_injection(**common)
            self.doses.append(made)

    def _ordinary_dose(self, ago: int) -> dict[str, Any]:
        return {
            "drug": "hydroxocobalamin",
            "amount_ug": Decimal(1000),
            "route": "IM",
            "site": SITES[len(self.doses) % len(SITES)],
            "lot": f"H{4100 + ago // 90}",
            "expiry": self.day(ago - 400),
            "given_by": str(self.place.nurse),
            "identity_checked": True,
        }

    def loaded(self, ago: int) -> int:
        """Six loading doses in two weeks from that day; returns the last one's day."""
        self.dosed(*(ago - gone for gone in (0, 2, 4, 7, 9, 11)))
        return ago - 11

    def not_given(self, ago: int, reason: str, note: str = "") -> None:
        """A dose that was meant to be given."""
        record.record_not_given(
            patient=self.patient, date=self.day(ago), reason=reason, note=note,
            **self.by_nurse(ago),
        )  # fmt: skip

    def reacted(self, description: str) -> None:
        """A reaction to the last dose."""
        dose = self.doses[-1]
        ago = (self.place.today - dose.given_on).days
        record.record_reaction(
            injection=dose, date=dose.given_on, description=description, **self.by_nurse(ago)
        )

    def voided_last_dose(self, ago: int, reason: str) -> None:
        """The last dose was entered in error."""
        record.void_fact(fact=self.doses.pop(), reason=reason, **self.by_nurse(ago))

    def extra_recheck(self, ago: int, told: int, reason: str) -> None:
        """A recheck on a date of the prescriber's own."""
        order.add_extra_recheck(
            patient=self.patient, date=self.day(ago), reason=reason, **self.by_prescriber(told)
        )

    def rechecks_off(self, ago: int, reason: str) -> None:
        """No rechecks until further notice."""
        _answering(
            order.switch_rechecks_off, patient=self.patient, start=self.day(ago), end=None,
            reason=reason, **self.by_prescriber(ago),
        )  # fmt: skip

    def away(self, ago: int, until: int | None, note: str) -> None:
        """A spell away."""
        set_away(
            patient=self.patient, start=self.day(ago),
            until=None if until is None else self.day(until), note=note, **self.by_nurse(ago),
        )  # fmt: skip

    def left(self, ago: int, status: str, reason: str) -> None:
        """Transferred or died."""
        set_care_status(
            patient=self.patient, status=status, since=self.day(ago), reason=reason,
            **self.by_nurse(ago),
        )  # fmt: skip

    def changed(self, ago: int, **details: Any) -> None:
        """Something about the person is now otherwise."""
        change_patient(patient=self.patient, **details, **self.by_nurse(ago))

    def measured(self, ago: int, **levels: Level) -> None:
        """Results of one day; a number as it is, a pair of bounds drawn between them."""
        record_results(
            patient=self.patient, collected_on=self.day(ago), laboratory="Castle Laboratory",
            results=[self._result(name.replace("_", "-"), level) for name, level in levels.items()],
            **self.by_nurse(ago),
        )  # fmt: skip

    def _result(self, analyte: str, level: Level) -> NewResult:
        if isinstance(level, str):
            return NewResult(analyte=analyte, value_word=level)
        units = US_UNITS if self.place.in_us else UNITS
        if not isinstance(level, tuple):
            return NewResult(analyte=analyte, value=Decimal(str(level)), unit=units[analyte])
        low, high = level
        drawn = draw(self.place.random, analyte, self.patient.sex, above=low, below=high)
        value = Decimal(str(drawn))
        if not self.place.in_us:
            value = (value * REPORTED.get(analyte, 1)).quantize(
                Decimal(1) if analyte in REPORTED else value
            )
        return NewResult(analyte=analyte, value=value, unit=units[analyte])


def moment(place: Place, ago: int, clock: time) -> datetime:
    """So many days ago at this time of the clinic's day, but never after now."""
    day = place.today - timedelta(days=ago)
    there = datetime.combine(day, clock, tzinfo=ZoneInfo(place.clinic.time_zone))
    return min(there, place.now)


def _answering[T](action: Callable[..., T], **fields: Any) -> T:
    """Carry out an action; what the safety rules ask is answered, as it would be on the page."""
    try:
        return action(answers={}, **fields)
    except Unanswered as asked:
        return action(answers={concern.code: ANSWER for concern in asked.concerns}, **fields)
