"""Reminders follow the assessment: made once, overtaken, closed, standing again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from people import NOW, register
from pytest_django import DjangoAssertNumQueries

from b12tracker.clinics.models import Clinic, User
from patients.models import Patient
from regimens.actions.remind import Synced, sync
from regimens.engine.assessment import Assessment
from regimens.engine.assessment import Reminder as Step
from regimens.models import Reminder

DUE = date(2026, 5, 21)
TODAY = date(2026, 5, 22)
DUE_SOON = Step(kind="dose", for_date=DUE, step="due-soon", on=date(2026, 5, 7))
AT_DUE = Step(kind="dose", for_date=DUE, step="due", on=DUE)
OVERDUE = Step(kind="dose", for_date=DUE, step="overdue", on=date(2026, 5, 22))
LATER = Step(kind="dose", for_date=DUE, step="long-overdue", on=date(2026, 6, 5))
RECHECK = Step(
    kind="recheck", for_date=date(2026, 6, 1), step="due-soon", on=date(2026, 5, 4),
    milestone="3-months",
)  # fmt: skip


def found(*steps: Step, today: date = TODAY) -> Assessment:
    """An assessment of which only the reminders matter."""
    return Assessment(
        today=today, phase="maintenance", controlled=False, neurological=False, course=None,
        suggestion=None, next_dose=None, doses=(), missed_doses=(), rechecks=(), sets=(),
        reminders=steps, flags=(), changes_on=None,
    )  # fmt: skip


def night(patient: Patient, *steps: Step, at: datetime = NOW) -> Synced:
    return sync({patient.pk: found(*steps)}, {patient.pk: patient.clinic_id}, make=True, at=at)


def states() -> dict[tuple[str, str], str]:
    return {(r.kind, r.step): r.state for r in Reminder.objects.all()}


def test_the_step_reached_is_made_and_later_ones_wait(janet: Patient) -> None:
    assert night(janet, OVERDUE, LATER, RECHECK) == Synced(made=2)

    made = Reminder.objects.get(kind="recheck")
    assert states() == {("dose", "overdue"): "open", ("recheck", "due-soon"): "open"}
    assert (made.clinic, made.for_date, made.on) == (janet.clinic, RECHECK.for_date, RECHECK.on)
    assert (made.milestone, made.made_at) == ("3-months", NOW)


def test_the_same_night_again_writes_nothing(janet: Patient) -> None:
    night(janet, OVERDUE, LATER)

    assert night(janet, OVERDUE, LATER) == Synced()

    assert Reminder.objects.count() == 1


def test_a_later_step_overtakes_the_open_one(janet: Patient) -> None:
    night(janet, DUE_SOON)

    assert night(janet, OVERDUE, LATER) == Synced(made=1, overtaken=1)

    assert states() == {("dose", "due-soon"): "overtaken", ("dose", "overdue"): "open"}


def test_a_reminder_whose_due_date_is_gone_is_closed(janet: Patient) -> None:
    night(janet, OVERDUE)

    assert night(janet) == Synced(closed=1)

    assert Reminder.objects.get().closed_at == NOW


def test_a_reminder_stands_again_when_its_due_date_is_back(janet: Patient) -> None:
    night(janet, OVERDUE)
    night(janet)

    assert night(janet, OVERDUE) == Synced(reopened=1)

    assert Reminder.objects.get().closed_at is None
    assert Reminder.objects.get().state == "open"


def test_a_change_of_facts_makes_none_but_says_who_waits(janet: Patient) -> None:
    done = sync({janet.pk: found(OVERDUE)}, {janet.pk: janet.clinic_id}, make=False)

    assert done.waiting == {janet.pk}
    assert not Reminder.objects.exists()


def test_without_a_moment_the_database_says_when(janet: Patient) -> None:
    clinics = {janet.pk: janet.clinic_id}
    sync({janet.pk: found(OVERDUE)}, clinics, make=True)

    sync({janet.pk: found()}, clinics, make=False)

    made = Reminder.objects.get()
    assert made.closed_at is not None and made.made_at <= made.closed_at


def test_a_closed_reminder_is_left_alone(janet: Patient) -> None:
    night(janet, OVERDUE)
    night(janet)

    assert night(janet) == Synced()

    assert Reminder.objects.get().closed_at == NOW


def test_ten_patients_take_as_many_queries_as_one(
    riverside: Clinic, nurse: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people = [register(nurse, riverside, family_name=f"Williams {n}").pk for n in range(10)]
    clinics = dict.fromkeys(people, riverside.pk)
    for some in (people[:1], people):
        changing: dict[UUID, Assessment] = {pk: found(DUE_SOON) for pk in some}
        sync(changing, clinics, make=True, at=NOW)
        with django_assert_max_num_queries(4):
            sync({pk: found(OVERDUE) for pk in some}, clinics, make=True, at=NOW)
        Reminder.objects.all().delete()
