"""Rows to engine facts, for one patient or ten thousand, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models

from patients.models import (
    Absence,
    Allergy,
    Condition,
    Diagnosis,
    FolicAcidUse,
    Injection,
    InjectionNotGiven,
    LabResult,
    MedicineUse,
    Patient,
    Reaction,
    SymptomReview,
)
from regimens.engine import facts as engine
from regimens.models import Course, ExtraRecheck, RechecksOff

type Grouped = dict[UUID, list[Any]]


def gather_one(patient: Patient) -> engine.Facts:
    """The facts of one patient."""
    return gather([patient.pk])[patient.pk]


def gather(patient_ids: Sequence[UUID]) -> dict[UUID, engine.Facts]:
    """The standing facts of these patients, by their id.

    A fact that was voided is left out: the engine would ignore it on every
    day up to now.
    """
    ids = list(patient_ids)
    groups = {name: read(ids) for name, read in READERS.items()}
    away = _away(ids)
    rows = Patient.objects.filter(pk__in=ids).values_list(
        "pk", "birth_date", "sex", "pregnancy", "breastfeeding", "status", "status_since"
    )
    return {
        pk: engine.Facts(
            patient=engine.Patient(
                birth_date=birth_date,
                sex=sex,
                pregnant=PREGNANT[pregnancy],
                breastfeeding=breastfeeding,
                status=status,
                status_since=since,
                away=away.get(pk),
            ),
            diagnosis=next(iter(groups["diagnosis"].get(pk, ())), None),
            **{
                name: tuple(found.get(pk, ()))
                for name, found in groups.items()
                if name != "diagnosis"
            },
        )
        for pk, birth_date, sex, pregnancy, breastfeeding, status, since in rows
    }


PREGNANT: dict[str, bool | int] = {"no": False, "yes": True, "1": 1, "2": 2, "3": 3}


def _away(ids: list[UUID]) -> dict[UUID, engine.Away]:
    rows = Absence.objects.standing().filter(patient__in=ids)
    return {
        pk: engine.Away(start=start, until=until)
        for pk, start, until in rows.values_list("patient_id", "start", "until")
    }


def _reader(
    model: type[models.Model], make: Callable[..., Any], *columns: str
) -> Callable[[list[UUID]], Grouped]:
    """A function that reads one table's standing rows, grouped by patient."""

    def read(ids: list[UUID]) -> Grouped:
        rows: Iterable[tuple[Any, ...]] = (
            model._default_manager.filter(patient__in=ids, voided_at=None)
            .order_by()
            .values_list("patient_id", *columns)
        )
        found: Grouped = defaultdict(list)
        for pk, *values in rows:
            found[pk].append(make(*values))
        return found

    return read


def _doses(ids: list[UUID]) -> Grouped:
    reactions = dict(
        Reaction.objects.standing()
        .filter(patient__in=ids)
        .order_by("recorded_at")
        .values_list("injection_id", "description")
    )
    rows = (
        Injection.objects.standing()
        .filter(patient__in=ids)
        .order_by()
        .values_list(
            "patient_id", "pk", "given_on", "drug", "amount_ug", "route", "site", "elsewhere"
        )
    )
    found: Grouped = defaultdict(list)
    for patient, pk, day, drug, amount, route, site, elsewhere in rows:
        found[patient].append(
            engine.Dose(
                date=day,
                drug=drug,
                amount_ug=amount,
                route=route,
                site=site or None,
                elsewhere=elsewhere,
                reaction=reactions.get(pk),
            )
        )
    return found


READERS: dict[str, Callable[[list[UUID]], Grouped]] = {
    "diagnosis": _reader(
        Diagnosis,
        lambda day, cause, deficient: engine.Diagnosis(date=day, cause=cause, deficient=deficient),
        *("date", "cause", "deficient"),
    ),
    "conditions": _reader(
        Condition,
        lambda code, onset, ended, length, procedure: engine.Condition(
            code=code, onset=onset, ended=ended, length_cm=length, procedure=procedure or None
        ),
        *("code", "onset", "ended", "length_cm", "procedure"),
    ),
    "symptom_reviews": _reader(
        SymptomReview,
        lambda day, direction, symptoms, severe: engine.SymptomReview(
            date=day, direction=direction, symptoms=tuple(symptoms), severe=severe
        ),
        *("date", "direction", "symptoms", "severe"),
    ),
    "courses": _reader(
        Course,
        lambda start, regimen, interval, drug, ended, reload, end, why, oral: engine.Course(
            start=start,
            regimen=regimen,
            interval=interval or None,
            drug=drug,
            loading_ended=ended,
            reload=reload,
            end=end,
            end_reason=why or None,
            oral_daily_ug=oral,
        ),
        *("start", "regimen", "interval", "drug", "loading_ended", "reload", "end"),
        *("end_reason", "oral_daily_ug"),
    ),
    "doses": _doses,
    "not_given": _reader(
        InjectionNotGiven,
        lambda day, reason: engine.NotGiven(date=day, reason=reason),
        *("date", "reason"),
    ),
    "folic_acid": _reader(
        FolicAcidUse,
        lambda start, end: engine.FolicAcid(start=start, end=end),
        *("start", "end"),
    ),
    "allergies": _reader(
        Allergy,
        lambda substance, day: engine.Allergy(substance=substance, date=day),
        *("substance", "date"),
    ),
    "medicines": _reader(
        MedicineUse,
        lambda code, start, end: engine.Medicine(code=code, start=start, end=end),
        *("code", "start", "end"),
    ),
    "labs": _reader(
        LabResult,
        lambda day, analyte, value, word, unit, comparator: engine.Lab(
            date=day,
            analyte=analyte,
            value=word or value,
            unit=unit or None,
            comparator=comparator or None,
        ),
        *("collected_on", "analyte", "value", "value_word", "unit", "comparator"),
    ),
    "extra_rechecks": _reader(
        ExtraRecheck,
        lambda day, reason: engine.ExtraRecheck(date=day, reason=reason or None),
        *("date", "reason"),
    ),
    "rechecks_off": _reader(
        RechecksOff,
        lambda start, end, reason: engine.RechecksOff(start=start, end=end, reason=reason or None),
        *("start", "end", "reason"),
    ),
}
