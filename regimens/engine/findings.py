"""What a rule finds on a day, and the list of rules that the modules of rules fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from regimens.engine.assessment import Evidence
from regimens.engine.day import Day

CRITICAL, WARNING, INFO = "critical", "warning", "info"
SEVERITIES = (CRITICAL, WARNING, INFO)


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule holds on a day, with its evidence.

    `wording` names the variant of the rule's sentences, `says` what is filled
    into them. `onset` is the day on which the passing of time alone made it
    true, where facts did not; `undated` that what makes it true has no date.
    """

    severity: str
    evidence: tuple[Evidence, ...]
    wording: str = ""
    says: str = ""
    onset: date | None = None
    undated: bool = False
    milestone: str | None = None
    due: date | None = None

    @property
    def shown(self) -> tuple[object, ...]:
        """All of it that a flag shows, but for its first day."""
        return (self.severity, self.evidence, self.wording, self.says, self.undated, self.about)

    @property
    def about(self) -> tuple[str | None, date | None]:
        """Which of a code's flags it is, where there can be several."""
        return self.milestone, self.due


@dataclass(frozen=True, slots=True)
class Rule:
    """A flag's rule: its findings on a day, and the kinds of facts that can move them.

    Between two dates of these kinds a rule can only become true, by time alone.
    """

    code: str
    find: Callable[[Day], tuple[Finding, ...]] = field(compare=False)
    reads: tuple[str, ...]

    def about(self, day: Day, about: tuple[str | None, date | None]) -> Finding | None:
        """The finding on a day about the same thing, if there is one."""
        return next((finding for finding in self.find(day) if finding.about == about), None)


RULES: list[Rule] = []

type One = Callable[[Day], Finding | None]
type Several = Callable[[Day], Iterable[Finding]]


def rule(code: str, *reads: str) -> Callable[[One], One]:
    """Enter a rule that gives at most one flag, with the facts that can move it."""

    def enter(find: One) -> One:
        def find_all(day: Day) -> tuple[Finding, ...]:
            found = find(day)
            return () if found is None else (found,)

        RULES.append(Rule(code, find_all, reads))
        return find

    return enter


def rule_for_each(code: str, *reads: str) -> Callable[[Several], Several]:
    """Enter a rule that gives one flag for each thing it is about."""

    def enter(find: Several) -> Several:
        RULES.append(Rule(code, lambda day: tuple(find(day)), reads))
        return find

    return enter
