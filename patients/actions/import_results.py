"""Take a whole table of people and results into a clinic: all of it, once, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import batched
from uuid import UUID

import pghistory
from dateutil.relativedelta import relativedelta
from django.db import connection, models, transaction

from b12tracker.audit.record import record_many
from b12tracker.clinics.models import Clinic, Role, User
from patients.actions.errors import Refused
from patients.actions.writing import RECORDERS, require_role
from patients.exchange.csv_import import People, Person, ResultColumn, TableMapping
from patients.models import LabResult, Patient, PatientIdentifier
from patients.signals import facts_changed
from patients.units import ucum

BATCH = 10_000
# A stand-in that nobody takes for a fact; the identifier's note says so.
NO_BIRTH_DATE = date(1900, 1, 1)
NO_BIRTH_DATE_NOTE = "The table gave no age: the birth date is a stand-in. Ask and correct it."


@dataclass
class Imported:
    """What an import did, or in a dry run would do."""

    patients: int = 0
    results: int = 0
    known_patients: int = 0
    known_results: int = 0
    without_age: int = 0


IMPORTERS = (*RECORDERS, Role.MANAGER)

# Key, patient, day, analyte, value, comparator, unit.
type _Row = tuple[str, UUID, date, str, Decimal, str, str]


@dataclass
class _Plan:
    """The rows to be written."""

    patients: list[Patient] = field(default_factory=list)
    identifiers: list[PatientIdentifier] = field(default_factory=list)
    results: list[_Row] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)
    done: Imported = field(default_factory=Imported)


@dataclass(frozen=True)
class _Into:
    """Where everything goes, by whom and when."""

    clinic: Clinic
    mapping: TableMapping
    collected_on: date
    by: User
    at: datetime
    units: dict[ResultColumn, str]


def import_people(
    *,
    clinic: Clinic,
    table: People,
    mapping: TableMapping,
    collected_on: date,
    by: User,
    at: datetime,
    dry_run: bool = False,
) -> Imported:
    """Register whoever is new and record every result not taken in before, in one transaction.

    `collected_on` is the day of everybody's first sample. A result that was
    taken in once is never taken in again, though somebody voided it since.
    A dry run counts and writes nothing. Raises `Refused` for a table with
    faults, a day that has not come, or a user who records nothing here.
    """
    if table.faults:
        raise Refused(f"The table has {len(table.faults)} faults; nothing was taken in.")
    require_role(by, clinic, IMPORTERS)
    if collected_on + timedelta(days=table.last_day) > clinic.local_date(at):
        raise Refused(
            f"The latest sample would lie in the future: it is {table.last_day} days after "
            f"{collected_on:%-d %B %Y}."
        )
    units = {column: ucum(column.analyte, column.unit) for column in mapping.results}
    into = _Into(clinic, mapping, collected_on, by, at, units)
    with transaction.atomic(), pghistory.context(user=by.username, action="results.import"):
        # Two imports into one clinic take turns.
        Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
        plan = _plan(into, table)
        if not dry_run and plan.changed:
            _write(into, plan)
    return plan.done


def _plan(into: _Into, table: People) -> _Plan:
    plan = _Plan()
    prefix = into.mapping.identifier_prefix
    known = _known_patients(into)
    taken = _taken_in(into)
    for person in table.people.values():
        patient_id = known.get(f"{prefix}{person.number}")
        is_new = patient_id is None
        if patient_id is None:
            patient_id = _register(into, person, plan)
        results = list(_results(into, person, patient_id))
        new = [row for row in results if (patient_id, row[0]) not in taken]
        plan.results += new
        plan.done.known_patients += not is_new
        plan.done.known_results += len(results) - len(new)
        if new or is_new:
            plan.changed.append(patient_id)
    plan.done.patients, plan.done.results = len(plan.patients), len(plan.results)
    return plan


def _known_patients(into: _Into) -> dict[str, UUID]:
    rows = PatientIdentifier.objects.standing().filter(
        clinic=into.clinic, system="other", value__startswith=into.mapping.identifier_prefix
    )
    return dict(rows.values_list("value", "patient_id"))


def _taken_in(into: _Into) -> set[tuple[UUID, str]]:
    """What came in before, the voided too: nobody's correction is undone by a second import."""
    rows = LabResult.objects.filter(patient__clinic=into.clinic, source=into.mapping.source)
    return set(rows.order_by().values_list("patient_id", "source_key"))


def _register(into: _Into, person: Person, plan: _Plan) -> UUID:
    born = NO_BIRTH_DATE
    if person.age is not None:
        # Only the age is known: half a year before the birthday gives it on every day near.
        born = into.collected_on - relativedelta(years=person.age, months=6)
    patient = Patient(
        clinic=into.clinic,
        family_name=into.mapping.family_name,
        given_names=person.number,
        birth_date=born,
        sex=person.sex,
        recorded_at=into.at,
        recorded_by=into.by,
    )
    plan.patients.append(patient)
    plan.identifiers.append(
        PatientIdentifier(
            patient=patient,
            clinic=into.clinic,
            system=PatientIdentifier.System.OTHER,
            value=f"{into.mapping.identifier_prefix}{person.number}",
            note=NO_BIRTH_DATE_NOTE if person.age is None else "",
            recorded_at=into.at,
            recorded_by=into.by,
        )
    )
    plan.done.without_age += person.age is None
    return patient.pk


def _results(into: _Into, person: Person, patient_id: UUID) -> Iterator[_Row]:
    for sample in person.samples.values():
        day = into.collected_on + timedelta(days=sample.days_after)
        for reading in sample.readings:
            yield (
                reading.key,
                patient_id,
                day,
                reading.column.analyte,
                reading.value,
                reading.comparator,
                into.units[reading.column],
            )


def _copy_results(into: _Into, rows: list[_Row]) -> None:
    """Write results the fast way: a model's instance for each would take half the time."""
    same = (into.mapping.laboratory, into.mapping.source, into.at, into.by.pk, 1, "[]", "", "", "")
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY {LabResult._meta.db_table} (source_key, patient_id, collected_on, analyte, "
            "value, comparator, unit, laboratory, source, recorded_at, recorded_by_id, version, "
            "acknowledged, note, void_reason, value_word) FROM STDIN"
        ) as copy,
    ):
        for row in rows:
            copy.write_row((*row, *same))


def _write(into: _Into, plan: _Plan) -> None:
    """Write the plan, count the change of each patient, audit it, and ring the bell once."""
    with connection.cursor() as cursor:
        # Told that no trigger is to be ignored, each row's history trigger need not
        # trip over the missing setting: that error costs more than all the rest.
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
    new = {patient.pk for patient in plan.patients}
    _lock([pk for pk in plan.changed if pk not in new])
    rows: Sequence[Sequence[models.Model]] = (plan.patients, plan.identifiers)
    for kind in rows:
        for batch in batched(kind, BATCH):
            type(batch[0])._default_manager.bulk_create(batch)
    _copy_results(into, plan.results)
    record_many(
        "results.import",
        by=into.by.username,
        at=into.at,
        clinic_id=into.clinic.pk,
        patient_ids=plan.changed,
        details={"source": into.mapping.source},
    )
    facts_changed.send(
        sender=Patient, patient_ids=plan.changed, today=into.clinic.local_date(into.at)
    )


def _lock(patient_ids: list[UUID]) -> None:
    """Hold those who get new results, in the order of their ids, and make open forms stale."""
    rows = Patient.objects.select_for_update(of=("self",)).filter(pk__in=patient_ids)
    list(rows.order_by("pk").values_list("pk", flat=True))
    Patient.objects.filter(pk__in=patient_ids).update(version=models.F("version") + 1)
