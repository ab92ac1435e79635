"""The rules of sets and rechecks read a second time: plainly, slowly, and sharing no code.

Everything is worked out from the list of facts on one day, with no index, no
memory and no calendar of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from regimens.engine.facts import Course, Facts

ONE_DAY = timedelta(days=1)
SET_ITEMS = (("b12", "active-b12"), ("haemoglobin",), ("mcv",), ("homocysteine",))
GRID = (3, 6, *range(12, 12 * 60, 12))


class Listed(NamedTuple):
    """A recheck as it is listed; a partial one is told by its days alone."""

    due: date
    milestone: str
    status: str
    served_on: date | None
    t0: date | None


@dataclass
class Group:
    """A treatment's courses and days; without courses, the time before the first."""

    courses: list[Course]
    start: date
    until: date
    due: dict[date, str] = field(default_factory=dict)
    extras: set[date] = field(default_factory=set)
    state: dict[date, tuple[str, date | None]] = field(default_factory=dict)
    t0: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of its days."""
        return self.start <= day < self.until


class Slowly:
    """A person's rechecks on one day."""

    def __init__(self, facts: Facts, today: date) -> None:
        def standing(items: tuple) -> list:
            return [item for item in items if item.voided is None or item.voided > today]

        patient = facts.patient
        self.today = today
        self.closed = patient.status_since if patient.status != "active" else None
        if self.closed is not None and self.closed > today:
            self.closed = None
        self.last = today if self.closed is None else self.closed
        ran = [course for course in standing(facts.courses) if course.end != course.start]
        self.courses = sorted(ran, key=lambda course: course.start)
        self.labs = [lab for lab in standing(facts.labs) if lab.date <= today]
        self.doses = {dose.date for dose in standing(facts.doses) if dose.route == "IM"}
        self.extras = {extra.date for extra in standing(facts.extra_rechecks)}
        self.serves: dict[date, str] = {}
        self.sets = self._sets()

    def _sets(self) -> list[date]:
        """The first day each on which no item is missing, used already, or older than 14 days."""
        made: list[date] = []
        for day in sorted({lab.date for lab in self.labs}):
            young = [
                lab.analyte
                for lab in self.labs
                if day - timedelta(days=14) <= lab.date <= day
                and lab.date > max(made, default=date.min)
            ]
            if all(any(analyte in young for analyte in item) for item in SET_ITEMS):
                made.append(day)
        return made

    def rechecks(self) -> list[Listed]:
        """Every recheck listed on the day, those of earlier treatments as on their last day."""
        *earlier, current = self._groups()
        listed: list[Listed] = []
        for group in earlier:
            listed += self._listed(group, group.until - ONE_DAY, current=False)
        return sorted(listed + self._listed(current, self.last, current=True), key=str)

    def _groups(self) -> list[Group]:
        groups = [Group([], date.min, date.max)]
        for course in self.courses:
            if course.start > self.last and (course.reload or not groups[-1].courses):
                # Not begun: the days of the current one still end where it begins.
                groups[-1].until = min(groups[-1].until, course.start)
                break
            if course.reload or not groups[-1].courses:
                groups[-1].until = course.start
                groups.append(Group([], course.start, date.max))
            groups[-1].courses.append(course)
        return groups

    def _listed(self, group: Group, last: date, *, current: bool) -> list[Listed]:
        self._plan(group, last, current=current)
        for made in self.sets:
            if made <= last and group.holds(made):
                self._serve(group, made)
        to_come = [
            due
            for due, name in group.due.items()
            if name.endswith("-months") and due > last and group.state[due][0] != "done"
        ]
        listed: list[Listed] = []
        for due, name in group.due.items():
            aside = due in group.extras or not name.endswith("-months")
            status, served = group.state[due]
            if status == "open":
                status = self._open(due) if current else "superseded"
            if (aside or due <= min(to_come, default=date.max)) and status != "fallen away":
                listed.append(Listed(due, name, status, served, group.t0))
        return listed

    def _plan(self, group: Group, last: date, *, current: bool) -> None:
        begun = [dose for dose in sorted(self.doses) if group.holds(dose)][:1]
        begun += [course.start for course in group.courses if course.regimen == "oral"][:1]
        t0 = min(begun, default=date.max)
        group.t0 = t0 if group.courses and t0 <= last else None
        group.extras = {
            day for day in self.extras if day >= group.start and (current or day < group.until)
        }
        group.due = dict.fromkeys(group.extras, "extra")
        for before, after in zip(group.courses, group.courses[1:], strict=False):
            if after.regimen == "oral" != before.regimen and after.start <= last:
                group.due[after.start + relativedelta(months=3)] = "after-switch"
        if group.t0 is not None:
            for months in GRID:
                group.due[group.t0 + relativedelta(months=months)] = f"{months}-months"
        group.state = dict.fromkeys(group.due, ("open", None))

    def _serve(self, group: Group, made: date) -> None:
        near: list[tuple[timedelta, date]] = []
        for due, name in group.due.items():
            early = timedelta(days=14 if name == "3-months" else 28)
            baseline = group.t0 is None or made <= group.t0
            counts = due in group.extras or not baseline
            if counts and group.state[due][0] == "open" and made + early >= due:
                near.append((abs(due - made), due))
        if not near:
            return
        chosen = min(near)[1]
        group.state[chosen] = ("done", made)
        self.serves[made] = group.due[chosen]
        for due, (status, _) in group.state.items():
            if due < chosen and status == "open":
                group.state[due] = ("missed", None)

    def _open(self, due: date) -> str:
        if self.closed is not None:
            return "missed" if due < self.closed else "fallen away"
        late = (self.today - due).days
        if late >= 0:
            return "overdue" if late else "due"
        return "due-soon" if late >= -28 else "upcoming"
