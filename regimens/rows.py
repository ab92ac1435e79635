"""Words for one row of a list: what is due, since when, and what to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patients.presenters import Tag, age_words, day_words, identifier_words
from regimens.models import Status
from regimens.presenters import (
    days_words,
    flag_title,
    phase_words,
    tag_for_bucket,
    tag_for_recheck,
)
from regimens.worklists import UNASSESSED, Row

NOT_ASSESSED = Tag("Not assessed yet", "purple")


@dataclass(frozen=True)
class RowWords:
    """A row as it is read."""

    row: Row
    age: str
    identifier: str
    tag: Tag
    due: str
    late: str
    recheck: str
    recheck_tag: Tag | None
    flags: list[str]
    critical: str


def row_words(row: Row, today: date) -> RowWords:
    """One row in words; days are counted on the day of display."""
    status, patient = row.status, row.patient
    return RowWords(
        row=row,
        age=age_words(patient.birth_date, today),
        identifier=identifier_words(row.identifier) if row.identifier else "",
        tag=tag_for_bucket(status.bucket) if status else NOT_ASSESSED,
        due=due_words(status) if status else "The night's job will assess this record.",
        late=late_words(status, today) if status else "",
        recheck=f"Blood test due {day_words(status.recheck_due)}"
        if status and status.recheck_due
        else "",
        recheck_tag=tag_for_recheck(status.recheck_status)
        if status and status.recheck_status
        else None,
        flags=[flag_title(code) for code in status.flags] if status else [],
        critical=f"{status.critical} critical" if status else "",
    )


def due_words(status: Status) -> str:
    """What is due: "Injection due 12 May 2026"; where nothing is, the phase."""
    if status.due is None:
        return phase_words(status.phase)
    return f"Injection due {day_words(status.due)}"


def late_words(status: Status, today: date) -> str:
    """Since when: "13 days overdue"; the days are counted where they are shown."""
    if status.due is None or status.overdue_from is None or today < status.overdue_from:
        return ""
    return f"{days_words((today - status.due).days)} overdue"


def where_words(bucket: str) -> Tag:
    """A tile of today's list."""
    return NOT_ASSESSED if bucket == UNASSESSED else tag_for_bucket(bucket)


def ago_words(seconds: float) -> str:
    """How long ago: "just now", "5 minutes ago", "3 hours ago", "2 days ago"."""
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        number = int(seconds // size)
        if number:
            return f"{number} {noun}{'' if number == 1 else 's'} ago"
    return "just now"
