"""What only prescribers do: order a course, end it, end its loading, and set rechecks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from b12tracker.clinics.models import Role, User
from patients.actions.errors import AlreadyDone, Refused
from patients.actions.facts import record_fact, void_fact
from patients.actions.writing import Deed, check_order, check_past_date, writing
from patients.models import Fact, Patient
from patients.presenters import day_words
from regimens.actions.safety import answered, end_concerns, off_concerns, order_concerns
from regimens.engine import assess
from regimens.engine import facts as engine
from regimens.engine.assessment import Suggestion
from regimens.engine.protocol import PROTOCOL
from regimens.gather import gather_one
from regimens.models import Course, ExtraRecheck, RechecksOff

PRESCRIBERS = (Role.PRESCRIBER,)


def _ordering(
    action: str,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None,
    version: int | None,
    reason: str = "",
) -> AbstractContextManager[Deed]:
    return writing(
        action,
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        reason=reason,
        roles=PRESCRIBERS,
    )


def order_course(
    *,
    patient: Patient,
    start: date,
    regimen: str,
    interval: str,
    drug: str,
    answers: Mapping[str, str],
    by: User,
    at: datetime,
    reload: bool = False,
    oral_daily_ug: Decimal | None = None,
    reason: str = "",
    note: str = "",
    key: UUID | None = None,
    version: int | None = None,
) -> Course:
    """Order a course, once for each key; it runs from its start, which may be to come.

    A regimen that was not suggested, or an interval outside the regimen's
    options, needs a reason. Raises `Unanswered` until the safety rules'
    concerns are answered, `Refused` for what cannot be.
    """
    ordered: dict[str, Any] = {
        "start": start,
        "regimen": regimen,
        "interval": interval,
        "drug": drug,
        "reload": reload,
        "oral_daily_ug": oral_daily_ug,
    }
    try:
        with _ordering("course.order", patient, by, at, key, version, reason) as deed:
            facts = gather_one(deed.patient)
            _check_start(deed, start)
            _check_reason(assess(facts, deed.today).suggestion, regimen, interval, reason)
            concerns = order_concerns(facts, course_of(**ordered), deed.today)
            kept = answered(concerns, answers)
            return record_fact(Course, deed, **ordered, reason=reason, note=note, acknowledged=kept)
    except AlreadyDone as done:
        return Course.objects.get(pk=done.object_id)


def course_of(*, interval: str, **ordered: Any) -> engine.Course:
    """The engine's course of an order."""
    return engine.Course(interval=interval or None, **ordered)


def _check_start(deed: Deed, start: date) -> None:
    if start < deed.patient.birth_date:
        raise Refused("The start is before the patient was born. Check the date.", field="start")
    others = deed.patient.course_set.standing().filter(start=start)
    if any(other.end is None or other.end > start for other in others):
        raise Refused(
            f"Another order already starts on {day_words(start)}. "
            "Choose another day, or void that order first.",
            field="start",
        )


def _check_reason(suggestion: Suggestion | None, regimen: str, interval: str, reason: str) -> None:
    if reason.strip():
        return
    if is_against(suggestion, regimen):
        raise Refused("Say why you order another regimen than the suggested one.", field="reason")
    if not is_usual(regimen, interval):
        raise Refused("Say why you order an interval outside the regimen's own.", field="reason")


def is_against(suggestion: Suggestion | None, regimen: str) -> bool:
    """Whether another regimen was suggested."""
    return suggestion is not None and regimen not in (
        suggestion.regimen,
        *suggestion.alternatives,
    )


def is_usual(regimen: str, interval: str) -> bool:
    """Whether an interval is none, or one of the regimen's options."""
    return not interval or interval in PROTOCOL.regimens[regimen].options


def end_course(
    *,
    course: Course,
    end: date,
    end_reason: str,
    answers: Mapping[str, str],
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> Course:
    """End a course on a day, past or to come, with the reason and the answers it needs."""
    if not end_reason.strip():
        raise Refused("Say why the treatment ends.", field="end_reason")
    patient = course.patient
    try:
        with _ordering("course.end", patient, by, at, key, version, end_reason) as deed:
            row = _open_course(course)
            check_order(row.start, end, "end")
            concerns = end_concerns(gather_one(deed.patient), row.start, end, deed.today)
            row.end, row.end_reason = end, end_reason
            row.acknowledged = [*row.acknowledged, *answered(concerns, answers)]
            return _change(deed, row, "end", "end_reason", "acknowledged")
    except AlreadyDone:
        return Course.objects.get(pk=course.pk)


def end_loading(
    *,
    course: Course,
    loading_ended: date,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> Course:
    """Note that the loading of a course was ended early, on a day up to today."""
    try:
        with _ordering("course.end-loading", course.patient, by, at, key, version) as deed:
            row = _open_course(course)
            check_past_date(deed, loading_ended, "loading_ended", "The end of loading")
            check_order(row.start, loading_ended, "loading_ended")
            row.loading_ended = loading_ended
            return _change(deed, row, "loading_ended")
    except AlreadyDone:
        return Course.objects.get(pk=course.pk)


def _open_course(course: Course) -> Course:
    """The course as it is now, under the patient's lock; refuses one that is over with."""
    row = Course.objects.get(pk=course.pk)
    if row.is_voided:
        raise Refused("This order was voided.")
    if row.end is not None:
        raise Refused(f"This order already ends on {day_words(row.end)}.")
    return row


def _change[RowT: Fact](deed: Deed, row: RowT, *fields: str) -> RowT:
    row.save(update_fields=fields)
    deed.made = row
    return row


def add_extra_recheck(
    *,
    patient: Patient,
    date: date,
    by: User,
    at: datetime,
    reason: str = "",
    key: UUID | None = None,
    version: int | None = None,
) -> ExtraRecheck:
    """Ask for a recheck on a date of the prescriber's own, usually one to come."""
    try:
        with _ordering("extra-recheck.add", patient, by, at, key, version, reason) as deed:
            if date < deed.patient.birth_date:
                raise Refused("The date is before the patient was born.", field="date")
            return record_fact(ExtraRecheck, deed, date=date, reason=reason)
    except AlreadyDone as done:
        return ExtraRecheck.objects.get(pk=done.object_id)


def switch_rechecks_off(
    *,
    patient: Patient,
    start: date,
    end: date | None,
    reason: str,
    answers: Mapping[str, str],
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> RechecksOff:
    """Stop the reminders of rechecks for a while, or until further notice; the list stays."""
    if not reason.strip():
        raise Refused("Say why the rechecks are switched off.", field="reason")
    spell = engine.RechecksOff(start=start, end=end, reason=reason)
    try:
        with _ordering("rechecks-off.record", patient, by, at, key, version, reason) as deed:
            check_past_date(deed, start, "start", "The first day")
            check_order(start, end, "end")
            concerns = off_concerns(gather_one(deed.patient), spell, deed.today)
            answered(concerns, answers)
            deed.details = {"answered": [concern.code for concern in concerns]}
            return record_fact(RechecksOff, deed, start=start, end=end, reason=reason)
    except AlreadyDone as done:
        return RechecksOff.objects.get(pk=done.object_id)


def switch_rechecks_on(*, spell: RechecksOff, by: User, at: datetime) -> None:
    """End a spell with rechecks off, today."""
    with _ordering("rechecks-off.end", spell.patient, by, at, None, None) as deed:
        row = RechecksOff.objects.get(pk=spell.pk)
        if not row.is_voided and (row.end is None or row.end > deed.today):
            row.end = max(row.start, deed.today)
            _change(deed, row, "end")


def void_order(
    *,
    order: Course | ExtraRecheck | RechecksOff,
    reason: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> None:
    """Mark what was ordered in error; it stays visible, and no rule reads it."""
    void_fact(fact=order, reason=reason, by=by, at=at, key=key, version=version, roles=PRESCRIBERS)
