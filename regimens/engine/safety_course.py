"""Safety flags about the course: whether it fits, whether it goes on, whether it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regimens.engine.assessment import Evidence
from regimens.engine.dates import add_days, interval
from regimens.engine.day import Day
from regimens.engine.evidence import (
    CONDITIONS,
    in_one_sentence,
    number,
    of_cause,
    of_condition,
    of_course,
    of_day,
    of_review,
    of_running,
)
from regimens.engine.findings import CRITICAL, INFO, WARNING, Finding, rule, rule_for_each
from regimens.engine.history import neurological_names
from regimens.engine.protocol import PROTOCOL
from regimens.engine.rechecks import open_rechecks, partly_done
from regimens.engine.suggest import suggestion
from regimens.engine.treatments import Span

IRREVERSIBLE_CAUSES = frozenset(
    {
        "pernicious-anaemia",
        "autoimmune-gastritis",
        "gastrectomy",
        "ileal-resection",
        "bariatric-surgery",
    }
)
SORE_TONGUE = {"glossitis"}
TEST_WORDS = {"b12": "B12", "cbc": "the blood count", "homocysteine": "homocysteine"}


@rule("lifelong-treatment-stop", "treatment", "conditions")
def lifelong_treatment_stop(day: Day) -> Finding | None:
    """The current course has an end, and none starts by then.

    An end to come makes it true without a date; a later course counts although
    it is still to come, as it is what makes the end a change and not a stop.
    """
    span = day.current
    if day.closed or span is None or span.course.end is None:
        return None
    end = span.course.end
    if any(span.start < treated.start <= end for treated in day.history.spans):
        return None
    reason = f": {span.course.end_reason}" if span.course.end_reason else ""
    evidence = of_course(span.course, span.interval) + of_day("course", end, f"End{reason}")
    lasting = of_lasting_cause(day)
    severity = CRITICAL if lasting else WARNING
    wording = "lifelong" if lasting else ""
    return Finding(severity, evidence + lasting, wording=wording, undated=end > day.date)


def of_lasting_cause(day: Day) -> tuple[Evidence, ...]:
    """What makes treatment lifelong: the cause, or a condition that holds."""
    evidence = of_cause(day) if day.cause in IRREVERSIBLE_CAUSES else ()
    for code in ("gastrectomy", "bariatric-surgery"):
        if code != day.cause:
            evidence += of_condition(day, code)
    if day.long_resection and day.cause != "ileal-resection":
        evidence += of_resection(day)
    return evidence


def of_resection(day: Day) -> tuple[Evidence, ...]:
    """The ileal resections that hold, with their lengths."""
    code = "ileal-resection"
    found: tuple[Evidence, ...] = ()
    for condition in day.holding(code):
        cm = condition.length_cm
        length = "length unknown" if cm is None else f"{number(cm)} cm"
        found += of_day("condition", condition.onset, f"{CONDITIONS[code]}, {length}")
    return found or of_condition(day, code)


@rule("monitoring-stopped", "rechecks-off")
def monitoring_stopped(day: Day) -> Finding | None:
    """Rechecks are switched off."""
    evidence: tuple[Evidence, ...] = ()
    for off in day.history.rechecks_off:
        if off.start <= day.date and (off.end is None or off.end > day.date):
            reason = f": {off.reason}" if off.reason else ""
            evidence += of_day("rechecks-off", off.start, f"Rechecks switched off{reason}")
    return Finding(WARNING, evidence) if evidence else None


@rule("neuro-new", "treatment", "reviews")
def neuro_new(day: Day) -> Finding | None:
    """New or worse neurological symptoms under maintenance, on tablets or after the end."""
    word, treatment = day.newest_word, day.treatment
    if day.phase not in ("maintenance", "oral", "prophylaxis", "ended") or treatment is None:
        return None
    if word is None or word.direction not in ("new", "worse") or word.date <= treatment.start:
        return None
    return Finding(CRITICAL, of_review(word) + of_running(day))


@rule("neuro-on-oral", "treatment", "reviews")
def neuro_on_oral(day: Day) -> Finding | None:
    """Neurological status and tablets; severe while symptoms are current and were severe."""
    naming = day.newest_naming
    if day.phase != "oral" or naming is None:
        return None
    evidence = of_review(naming) + of_running(day)
    if naming.severe and day.symptoms_current:
        return Finding(CRITICAL, evidence, wording="severe")
    return Finding(WARNING, evidence)


@rule("regimen-mismatch", "treatment", "reviews", "conditions", "b12", "mma", "egfr")
def regimen_mismatch(day: Day) -> Finding | None:
    """The suggested regimen is more intensive than the running one.

    A course has neurological loading where its own kind is that, even if the
    treatment was past loading when it started.
    """
    suggested, span, treatment = suggestion(day), day.running, day.treatment
    if suggested is None or span is None or treatment is None:
        return None
    evidence = of_running(day) + of_reasons(day, suggested.regimen)
    if suggested.regimen == "im-neuro" and treatment.loading(span) != "neuro":
        return Finding(WARNING, evidence, wording="loading")
    if _shorter(suggested.interval, span):
        return Finding(WARNING, evidence, wording="interval")
    if suggested.regimen == "im-ileal" and span.oral:
        return Finding(WARNING, evidence, wording="ileal")
    return None


def _shorter(suggested: str | None, span: Span) -> bool:
    running = span.interval
    if suggested is None or running is None:
        return False
    return interval(suggested).length < interval(running).length


def of_reasons(day: Day, regimen: str) -> tuple[Evidence, ...]:
    """The facts behind a suggestion, where a course may fall short of it."""
    evidence = of_review(day.newest_naming)
    if day.long_resection:
        evidence += of_resection(day)
    return evidence if evidence or regimen != "im-standard" else of_cause(day)


@rule("glossitis-only", "reviews")
def glossitis_only(day: Day) -> Finding | None:
    """Glossitis is the only neurological symptom ever named."""
    named = day.history.naming.upto(day.date)
    if (
        not named
        or {name for review in named for name in neurological_names(review)} != SORE_TONGUE
    ):
        return None
    return Finding(INFO, of_review(named[0]))


@rule("prophylaxis-clinician-decides", "treatment", "conditions")
def prophylaxis_clinician_decides(day: Day) -> Finding | None:
    """Ileal disease that does not ask for prophylaxis by itself, with no ileal course running.

    Exactly the limit; up to it with a length unknown; or Crohn's disease.
    """
    span = day.running
    ileal = span is not None and span.course.regimen == "im-ileal"
    if day.closed or ileal or day.long_resection:
        return None
    crohns = of_condition(day, "crohns-ileal")
    if crohns:
        return Finding(INFO, crohns + of_resection(day), wording="crohns")
    if None in day.resected:
        return Finding(INFO, of_resection(day), wording="unknown")
    if day.resected and day.resected_cm == PROTOCOL.resected_cm_above:
        return Finding(INFO, of_resection(day))
    return None


def of_recheck(milestone: str, due: date) -> tuple[Evidence, ...]:
    """A recheck with its due date."""
    return of_day("recheck", due, f"Recheck {milestone.replace('-', ' ')}: due")


@rule_for_each("recheck-overdue")
def recheck_overdue(day: Day) -> Iterator[Finding]:
    """Each recheck past its due date and open, partial or not."""
    for recheck in open_rechecks(day):
        if recheck.due < day.date:
            yield Finding(
                WARNING,
                of_recheck(recheck.milestone, recheck.due),
                onset=add_days(recheck.due, 1),
                milestone=recheck.milestone,
                due=recheck.due,
            )


@rule_for_each("recheck-partial", "every-day")
def recheck_partial(day: Day) -> Iterator[Finding]:
    """The recheck whose set has begun."""
    partly = partly_done(day)
    if partly is None:
        return
    item = partly.item
    yield Finding(
        INFO,
        of_recheck(item.milestone, item.due),
        says=in_one_sentence(TEST_WORDS[test] for test in partly.missing),
        milestone=item.milestone,
        due=item.due,
    )
