"""The facts as they stand at the end of one day: each answer worked out at most once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

from regimens.engine.dates import add_months
from regimens.engine.facts import Condition, Diagnosis, Dose, SymptomReview
from regimens.engine.labs import Result, newest_near
from regimens.engine.protocol import PROTOCOL

if TYPE_CHECKING:
    from regimens.engine.history import History
    from regimens.engine.treatments import Span, Treatment

LOADING = frozenset({"loading", "loading-neuro"})


def once_a_day[T](work: Callable[[Day], T]) -> Callable[[Day], T]:
    """Work out an answer about a day at most once."""

    @wraps(work)
    def answer(day: Day) -> T:
        if work not in day.answers:
            day.answers[work] = work(day)
        found: T = day.answers[work]
        return found

    return answer


class Day:
    """One day's view: nothing dated later is read, but for ends and rechecks to come."""

    def __init__(self, history: History, day: date) -> None:
        self.history = history
        self.date = day
        self.answers: dict[object, Any] = {}

    # --- the person -------------------------------------------------------

    @cached_property
    def closed(self) -> bool:
        """Whether the patient has died or moved away by now."""
        closed_on = self.history.closed_on
        return closed_on is not None and closed_on <= self.date

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """The diagnosis, once made."""
        found = self.history.diagnosis
        return found if found is not None and found.date <= self.date else None

    @property
    def cause(self) -> str | None:
        """The cause named by the diagnosis."""
        return self.diagnosis.cause if self.diagnosis else None

    def recorded(self, code: str) -> bool:
        """Whether such a condition was ever recorded, ended or not."""
        return any(c.code == code and c.onset <= self.date for c in self.history.conditions)

    def holding(self, code: str) -> list[Condition]:
        """The recorded conditions of a kind that hold."""
        return [
            condition
            for condition in self.history.conditions
            if condition.code == code
            and condition.onset <= self.date
            and (condition.ended is None or condition.ended > self.date)
        ]

    def has(self, code: str) -> bool:
        """Whether a condition holds, recorded as such or standing as the cause."""
        return self.condition_since(code) is not None

    def condition_since(self, code: str) -> date | None:
        """The first day of a condition that holds now: its onset, or the diagnosis it causes."""
        for condition in self.holding(code):
            return condition.onset
        if self.cause == code and self.diagnosis and not self.recorded(code):
            return self.diagnosis.date
        return None

    @cached_property
    def resected(self) -> list[Decimal | None]:
        """The lengths in cm of the ileal resections that hold; None where unknown."""
        code = "ileal-resection"
        if self.recorded(code):
            return [condition.length_cm for condition in self.holding(code)]
        return [None] if self.cause == code else []

    @property
    def resected_cm(self) -> Fraction:
        """The known lengths of resected ileum, added up exactly."""
        return sum((Fraction(cm) for cm in self.resected if cm is not None), Fraction(0))

    @property
    def long_resection(self) -> bool:
        """Whether more ileum is known to be missing than the limit."""
        return self.resected_cm > PROTOCOL.resected_cm_above

    # --- symptoms ---------------------------------------------------------

    @cached_property
    def newest_review(self) -> SymptomReview | None:
        """The newest review, of whatever symptoms."""
        return self.history.reviews.newest(self.date)

    @cached_property
    def newest_word(self) -> SymptomReview | None:
        """The newest review that says something about neurological symptoms."""
        return self.history.words.newest(self.date)

    @cached_property
    def newest_naming(self) -> SymptomReview | None:
        """The newest review that names a neurological symptom."""
        return self.history.naming.newest(self.date)

    @property
    def neurological(self) -> bool:
        """Neurological status: some review so far names such a symptom; it stays."""
        return self.newest_naming is not None

    @property
    def symptoms_current(self) -> bool:
        """Whether neurological symptoms are there and neither resolved nor gone."""
        word = self.newest_word
        return self.neurological and word is not None and word.direction not in ("resolved", "none")

    @cached_property
    def symptoms_persist(self) -> bool:
        """Worse, or three months or more after T0 and neither resolved nor none."""
        review = self.newest_review
        if review is None or review.direction == "worse":
            return review is not None
        if self.t0 is None or review.direction in ("resolved", "none"):
            return False
        return review.date >= add_months(self.t0, PROTOCOL.persist_months)

    # --- results ----------------------------------------------------------

    @cached_property
    def b12(self) -> Result | None:
        """The newest B12, serum or active."""
        return self.history.b12.newest(self.date)

    @cached_property
    def mma(self) -> Result | None:
        """The newest MMA."""
        return self.history.mma.newest(self.date)

    @cached_property
    def homocysteine(self) -> Result | None:
        """The newest homocysteine."""
        return self.history.homocysteine.newest(self.date)

    @cached_property
    def haemoglobin(self) -> Result | None:
        """The newest haemoglobin."""
        return self.history.haemoglobin.newest(self.date)

    @cached_property
    def mcv(self) -> Result | None:
        """The newest mean cell volume."""
        return self.history.mcv.newest(self.date)

    @cached_property
    def egfr(self) -> Result | None:
        """The newest eGFR, whatever its age."""
        return self.history.egfr.newest(self.date)

    def egfr_for(self, result: Result) -> Result | None:
        """The newest eGFR within 12 months of a result, before or after it."""
        months = PROTOCOL.egfr_months
        return newest_near(self.history.egfr, result.date, months, known_on=self.date)

    def b12_is(self, level: str) -> bool:
        """Whether the newest B12 is deficient, borderline or in-range; False without one."""
        return self.b12 is not None and self.b12.level == level

    def mma_over_with_good_kidneys(self) -> bool:
        """MMA above its target with an eGFR that is known and good enough to trust it."""
        if self.mma is None or self.mma.below(PROTOCOL.mma_target):
            return False
        egfr = self.egfr_for(self.mma)
        return egfr is not None and not egfr.below(PROTOCOL.egfr_caveat_below)

    @property
    def functional_deficiency(self) -> bool:
        """MMA raised with good kidneys behind a B12 that is known and not deficient."""
        known = self.b12 is not None and self.b12.level != "deficient"
        return known and self.mma_over_with_good_kidneys()

    @property
    def deficient(self) -> bool:
        """By the diagnosis, by the newest B12, or functionally."""
        said = self.diagnosis is not None and self.diagnosis.deficient
        return said or self.b12_is("deficient") or self.functional_deficiency

    def anaemic(self, haemoglobin: Result | None) -> bool:
        """Whether a haemoglobin is below the cut-off for sex and pregnancy."""
        return haemoglobin is not None and haemoglobin.below(self.history.hb_cut_off)

    # --- treatment --------------------------------------------------------

    @cached_property
    def treatments_begun(self) -> int:
        """How many treatments have begun."""
        return bisect_right(self.history.treatment_starts, self.date)

    @cached_property
    def treatment(self) -> Treatment | None:
        """The current treatment, running or not."""
        begun = self.treatments_begun
        return self.history.treatments[begun - 1] if begun else None

    @cached_property
    def current(self) -> Span | None:
        """The last course started."""
        treatment = self.treatment
        if treatment is None:
            return None
        return treatment.spans[bisect_right(treatment.span_starts, self.date) - 1]

    @cached_property
    def running(self) -> Span | None:
        """The current course until its end."""
        span = self.current
        if span is None or (span.course.end is not None and span.course.end <= self.date):
            return None
        return span

    @cached_property
    def t0(self) -> date | None:
        """T0 of the current treatment, once it has come."""
        t0 = self.treatment.t0 if self.treatment else None
        return t0 if t0 is not None and t0 <= self.date else None

    @cached_property
    def doses_taken(self) -> int:
        """Countable doses of the current treatment so far."""
        return bisect_right(self.treatment.dose_days, self.date) if self.treatment else 0

    @cached_property
    def last_dose(self) -> date | None:
        """The last countable dose of the current treatment."""
        if self.treatment is None or not self.doses_taken:
            return None
        return self.treatment.dose_days[self.doses_taken - 1]

    @cached_property
    def last_dose_in_run(self) -> date | None:
        """The last dose, where it falls in the injection run that goes on now."""
        span, last = self.running, self.last_dose
        if span is None or span.run_start is None or last is None or last < span.run_start:
            return None
        return last

    @cached_property
    def phase(self) -> str:
        """Where the patient stands; first match wins."""
        if self.closed:
            return "closed"
        if self.treatment is None:
            return "not-started"
        if self.running is None:
            return "ended"
        if self.running.oral:
            return "oral"
        loading = self.treatment.loading(self.running)
        if self.treatment.loaded_on is None or self.treatment.loaded_on > self.date:
            return "loading-neuro" if loading == "neuro" else "loading"
        return "prophylaxis" if loading == "none" else "maintenance"

    @cached_property
    def newest_injections(self) -> list[Dose]:
        """The injections of the newest day with one."""
        last = self.history.injections.newest(self.date)
        return self.history.injections.of(last.date) if last is not None else []
