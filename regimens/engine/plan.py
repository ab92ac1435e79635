"""The rechecks of one treatment and the sets that serve them, before any day is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regimens.engine.dates import add_days, add_months
from regimens.engine.protocol import PROTOCOL
from regimens.engine.sets import LabSet

EXTRA, AFTER_SWITCH = "extra", "after-switch"


@dataclass(eq=False, slots=True)
class Planned:
    """A recheck, with the set that served it or jumped over it."""

    due: date
    milestone: str
    extra: bool  # set by a prescriber, though it may stand as the grid's
    early_days: int
    served_by: LabSet | None = None
    jumped_by: LabSet | None = None

    def open_on(self, day: date) -> bool:
        """Whether no set up to a day has served it or jumped over it."""
        settled = self.served_by or self.jumped_by
        return settled is None or settled.date > day

    def served_on(self, day: date) -> LabSet | None:
        """The set that has served it by a day."""
        served = self.served_by
        return served if served is not None and served.date <= day else None

    @property
    def on_grid(self) -> bool:
        """Whether it is one of the grid's."""
        return self.milestone not in (EXTRA, AFTER_SWITCH)

    def next_on_grid(self, day: date) -> bool:
        """Whether it is one of the grid's still to come and not done early."""
        return self.on_grid and self.due > day and self.served_on(day) is None

    def takes(self, day: date) -> bool:
        """Whether a set of a day is not too early for it."""
        return add_days(day, self.early_days) >= self.due


def planned(due: date, milestone: str, *, extra: bool = False) -> Planned:
    """A recheck nobody has served yet."""
    early = PROTOCOL.early_recheck_days.get(milestone, PROTOCOL.early_recheck_days["others"])
    return Planned(due, milestone, extra, early)


class Plan:
    """One treatment's rechecks by due date, as known with this T0 and these switches.

    `t0` is None before it has come: then there is no grid, and a set is a
    baseline that serves an extra recheck at most. Of two on one date the grid's
    stands, else the one after a switch.
    """

    def __init__(
        self, t0: date | None, switches: list[date], extras: list[date], sets: list[LabSet]
    ) -> None:
        self.t0 = t0
        self._months = 0  # how far the grid has been laid out
        self._by_due: dict[date, Planned] = {due: planned(due, EXTRA, extra=True) for due in extras}
        for day in switches:
            due = add_months(day, PROTOCOL.after_switch_months)
            self._put(planned(due, AFTER_SWITCH))
        self._lay_grid(max([*self._by_due, *(one.date for one in sets[-1:])], default=date.min))
        self.items = sorted(self._by_due.values(), key=_by_due)
        self.serves: dict[date, Planned] = {}
        for one in sets:
            self._serve(one)

    def _put(self, item: Planned) -> None:
        standing = self._by_due.get(item.due)
        item.extra = standing is not None and standing.extra
        self._by_due[item.due] = item

    def _lay_grid(self, until: date) -> None:
        """Lay the grid out past a date, and as far as the early window of its first after it."""
        if self.t0 is None:
            return
        past, due = 0, self.t0
        while past < 2 and due < date.max:
            self._months = next_milestone(self._months)
            due = add_months(self.t0, self._months)
            self._put(planned(due, f"{self._months}-months"))
            past += due > until

    def upto_first_open_after(self, day: date) -> list[Planned]:
        """What is listed on a day: the grid to its first open one due later, all others."""
        self._stretch(day)
        listed: list[Planned] = []
        ended = False
        for item in self.items:
            if item.extra or not item.on_grid or not ended:
                listed.append(item)
            ended = ended or item.next_on_grid(day)
        return listed

    def _stretch(self, day: date) -> None:
        """Lay more of the grid where a day lies so late that its first open one is missing."""
        while self.t0 is not None and not any(item.next_on_grid(day) for item in self.items):
            before = len(self._by_due)
            self._lay_grid(max(day, self.items[-1].due))
            self.items = sorted(self._by_due.values(), key=_by_due)
            if len(self._by_due) == before:
                return

    def choose(self, day: date, *, known_on: date) -> Planned | None:
        """The recheck that a set of a day counts for: the nearest open one, the earlier of two."""
        best: Planned | None = None
        for item in self.items:
            if not item.takes(day) or not item.open_on(known_on):
                continue
            if not item.extra and (self.t0 is None or day <= self.t0):
                continue
            if best is None or abs(item.due - day) < abs(best.due - day):
                best = item
        return best

    def _serve(self, one: LabSet) -> None:
        chosen = self.choose(one.date, known_on=date.max)
        if chosen is None:
            return
        chosen.served_by = one
        self.serves[one.date] = chosen
        for item in self.items:
            if item.due < chosen.due and item.open_on(date.max):
                item.jumped_by = one


def _by_due(item: Planned) -> date:
    return item.due


def next_milestone(months: int) -> int:
    """The next point of the grid: 3, 6 and 12 months, then each year."""
    for milestone in PROTOCOL.first_milestones:
        if milestone > months:
            return milestone
    return months + PROTOCOL.yearly_months
