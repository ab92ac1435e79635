"""The flags of a day: every rule asked, its sentences chosen, its first day found."""

from __future__ import annotations

from datetime import date

from regimens.engine import response, safety, safety_course, safety_doses, targets
from regimens.engine.assessment import Flag
from regimens.engine.day import Day, once_a_day
from regimens.engine.findings import RULES, SEVERITIES, Finding, Rule
from regimens.engine.sets import at_target, newest_set
from regimens.engine.since import since
from regimens.engine.words import SENTENCES

# Importing a module of rules enters them into RULES.
RULE_MODULES = (targets, response, safety, safety_course, safety_doses)
DISTURBING = frozenset(
    {
        "b12-deficient",
        "b12-borderline",
        "functional-deficiency",
        "mma-high",
        "egfr-needed",
        "homocysteine-not-at-target",
        "anaemia-macrocytic",
        "relapse-suspected",
        "neuro-new",
    }
)


@once_a_day
def findings(day: Day) -> tuple[tuple[Rule, Finding], ...]:
    """What the rules find on a day, in the order of the rules; nothing if closed."""
    if day.closed:
        return ()
    return tuple((rule, finding) for rule in RULES for finding in rule.find(day))


@once_a_day
def flags(day: Day) -> tuple[Flag, ...]:
    """The flags of a day, by severity, then since (none last), then code."""
    found = [_flag(rule, finding, since(rule, finding, day)) for rule, finding in findings(day)]
    return tuple(sorted(found, key=_order))


def _flag(rule: Rule, finding: Finding, since_day: date | None) -> Flag:
    why, do, source = SENTENCES[rule.code, finding.wording]
    return Flag(
        code=rule.code,
        severity=finding.severity,
        since=since_day,
        evidence=finding.evidence,
        why=why.format(finding.says) if finding.says else why,
        do=do,
        source=source,
        milestone=finding.milestone,
        due=finding.due,
    )


def _order(flag: Flag) -> tuple[object, ...]:
    about = (flag.due or date.min, flag.milestone or "")
    return SEVERITIES.index(flag.severity), flag.since or date.max, flag.code, *about


@once_a_day
def controlled(day: Day) -> bool:
    """Whether the deficiency is shown to be controlled; never from serum B12 alone."""
    newest = newest_set(day)
    if day.closed or newest is None or day.t0 is None or newest.date <= day.t0:
        return False
    if not at_target(newest, day):
        return False
    if not (newest.homocysteine_reached() or newest.mma_reached()):
        return False
    return not any(rule.code in DISTURBING for rule, _ in findings(day))
