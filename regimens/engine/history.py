"""One person's standing facts, ordered once: what every day's view is cut from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from regimens.engine.day import Day
from regimens.engine.facts import Condition, Diagnosis, Dose, Facts, NotGiven, Policy, SymptomReview
from regimens.engine.labs import B12_KINDS, Result, in_order
from regimens.engine.protocol import PROTOCOL
from regimens.engine.sets import LabSet, build_sets
from regimens.engine.timeline import Timeline
from regimens.engine.treatments import Span, Treatment, treatments

if TYPE_CHECKING:
    from regimens.engine.assessment import DoseJudged, Recheck
    from regimens.engine.doses import Met
    from regimens.engine.plan import Plan

INJECTED = frozenset({"IM", "SC", "IV"})
NEUROLOGICAL = frozenset(
    {
        "glossitis",
        "peripheral-neuropathy",
        "cognitive-change",
        "paraesthesia",
        "gait-ataxia",
        "other-neurological",
    }
)
FROM_GOOD_TO_BAD = ("none", "resolved", "improving", "plateau", "new", "worse")


class Voidable(Protocol):
    """A fact that can be voided."""

    @property
    def voided(self) -> date | None: ...


def standing[F: Voidable](facts: Iterable[F], day: date) -> list[F]:
    """The facts not voided by a day."""
    return [fact for fact in facts if fact.voided is None or fact.voided > day]


def _dose_order(dose: Dose) -> tuple[object, ...]:
    words = (dose.drug, str(dose.amount_ug), dose.site or "", dose.reaction or "")
    return dose.date, dose.route, *words


def _from_good_to_bad(review: SymptomReview) -> tuple[object, ...]:
    badness = FROM_GOOD_TO_BAD.index(review.direction)
    return review.date, badness, review.severe, sorted(review.symptoms)


def neurological_names(review: SymptomReview) -> frozenset[str]:
    """The neurological symptoms that a review names."""
    return NEUROLOGICAL.intersection(review.symptoms)


class History:
    """A person's facts with those voided by one evaluation date left out, for every day.

    Nothing here knows a day: each `Day` reads of it what is dated so far.
    """

    def __init__(self, facts: Facts, policy: Policy, voided_by: date) -> None:
        self.facts = facts
        self.policy = policy
        self.voided_by = voided_by
        self.patient = facts.patient
        self._days: dict[date, Day] = {}
        # Worked out once by the modules whose answers they are, for every day.
        self.met: dict[date, Met] = {}
        self.waits: list[Met] | None = None
        self.all_judged: list[DoseJudged] | None = None
        self.own_dates: list[date] | None = None
        self.turns: dict[tuple[str, ...], list[date]] = {}
        self.plans: dict[object, Plan] = {}
        self.superseded: dict[int, list[Recheck]] = {}

    def day(self, day: date) -> Day:
        """The facts as they stand on a day."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = Day(self, day)
        return found

    def _standing[F: Voidable](self, facts: Iterable[F]) -> list[F]:
        return standing(facts, self.voided_by)

    @cached_property
    def closed_on(self) -> date | None:
        """The day on which the record was closed by a death or a transfer."""
        patient = self.patient
        return None if patient.status == "active" else patient.status_since or date.min

    @cached_property
    def hb_cut_off(self) -> int:
        """The haemoglobin, g/L, below which this person is anaemic; pregnancy comes first."""
        cut_offs = PROTOCOL.haemoglobin
        if (pregnant := self.patient.pregnant) is not False:
            return cut_offs.second_trimester if pregnant == 2 else cut_offs.pregnant
        return cut_offs.women if self.patient.sex == "female" else cut_offs.men

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """The diagnosis, whenever it was made."""
        diagnosis = self.facts.diagnosis
        return next(iter(self._standing([diagnosis])), None) if diagnosis else None

    @cached_property
    def treatments(self) -> list[Treatment]:
        """Every treatment, begun or still to come, in order."""
        return treatments(self)

    @cached_property
    def spans(self) -> list[Span]:
        """Every course that runs at some time, in order."""
        return [span for treatment in self.treatments for span in treatment.spans]

    @cached_property
    def treatment_starts(self) -> list[date]:
        """The first day of each treatment."""
        return [treatment.start for treatment in self.treatments]

    @cached_property
    def run_starts(self) -> set[date]:
        """The first days of the injection runs."""
        return {start for treatment in self.treatments for start, _ in treatment.runs}

    @cached_property
    def all_dose_dates(self) -> list[date]:
        """The dates of all recorded doses, voided and oral ones too."""
        return sorted(dose.date for dose in self.facts.doses)

    @cached_property
    def injections(self) -> Timeline[Dose]:
        """Every injection, by date."""
        given = [dose for dose in self._standing(self.facts.doses) if dose.route in INJECTED]
        return Timeline(sorted(given, key=_dose_order))

    @cached_property
    def reactions(self) -> list[Dose]:
        """The doses that were followed by a reaction, by any route."""
        given = [dose for dose in self._standing(self.facts.doses) if dose.reaction]
        return sorted(given, key=_dose_order)

    @cached_property
    def not_given(self) -> list[NotGiven]:
        """The doses that were meant to be given and were not."""
        return self.by_date("not_given")

    @cached_property
    def dose_days(self) -> list[date]:
        """The days of the countable doses: intramuscular, one a day."""
        return sorted({dose.date for dose in self.injections if dose.route == "IM"})

    @cached_property
    def reviews(self) -> Timeline[SymptomReview]:
        """The symptom reviews by date, the worst of a day last."""
        return Timeline(sorted(self._standing(self.facts.symptom_reviews), key=_from_good_to_bad))

    @cached_property
    def words(self) -> Timeline[SymptomReview]:
        """The reviews that speak of neurological symptoms; fatigue alone says nothing of them."""
        return Timeline(r for r in self.reviews if not r.symptoms or neurological_names(r))

    @cached_property
    def naming(self) -> Timeline[SymptomReview]:
        """The reviews that name a neurological symptom."""
        return Timeline(r for r in self.reviews if neurological_names(r))

    @cached_property
    def conditions(self) -> list[Condition]:
        """The recorded conditions, by onset."""
        return sorted(
            self._standing(self.facts.conditions),
            key=lambda one: (one.onset, one.code, one.ended or date.max, str(one.length_cm)),
        )

    def by_date(self, name: str, when: str = "date") -> list[Any]:
        """The standing facts of one list, by date."""
        facts = self._standing(getattr(self.facts, name))
        if len(facts) > 1:
            facts.sort(key=lambda fact: (getattr(fact, when), repr(fact)))
        return facts

    @cached_property
    def folic_acid(self) -> list[Any]:
        """The folic acid courses, by start."""
        return self.by_date("folic_acid", "start")

    @cached_property
    def allergies(self) -> list[Any]:
        """The allergies, by date."""
        return self.by_date("allergies")

    @cached_property
    def medicines(self) -> list[Any]:
        """The other medicines, by start."""
        return self.by_date("medicines", "start")

    @cached_property
    def extras(self) -> list[date]:
        """The dates of the extra rechecks; two on one date are one."""
        return sorted({extra.date for extra in self._standing(self.facts.extra_rechecks)})

    @cached_property
    def rechecks_off(self) -> list[Any]:
        """The spells with rechecks switched off, by start."""
        return self.by_date("rechecks_off", "start")

    @cached_property
    def _results(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for lab in self._standing(self.facts.labs):
            found.setdefault(lab.analyte, []).append(lab)
        return found

    def _timeline(self, *analytes: str) -> Timeline[Result]:
        results = self._results
        return in_order(Result(lab) for name in analytes for lab in results.get(name, ()))

    @cached_property
    def b12(self) -> Timeline[Result]:
        """Serum and active B12 together."""
        return self._timeline(*B12_KINDS)

    @cached_property
    def mma(self) -> Timeline[Result]:
        """Methylmalonic acid, nmol/L."""
        return self._timeline("mma")

    @cached_property
    def homocysteine(self) -> Timeline[Result]:
        """Homocysteine, umol/L."""
        return self._timeline("homocysteine")

    @cached_property
    def haemoglobin(self) -> Timeline[Result]:
        """Haemoglobin, g/L."""
        return self._timeline("haemoglobin")

    @cached_property
    def mcv(self) -> Timeline[Result]:
        """Mean cell volume, fL."""
        return self._timeline("mcv")

    @cached_property
    def egfr(self) -> Timeline[Result]:
        """Estimated glomerular filtration rate."""
        return self._timeline("egfr")

    @cached_property
    def sets(self) -> Timeline[LabSet]:
        """The complete sets of results."""
        return Timeline(build_sets(self))

    @cached_property
    def potassium(self) -> Timeline[Result]:
        """Potassium, mmol/L."""
        return self._timeline("potassium")

    @cached_property
    def platelets(self) -> Timeline[Result]:
        """Platelets, 10*9/L."""
        return self._timeline("platelets")

    @cached_property
    def antibody(self) -> Timeline[Result]:
        """Intrinsic-factor antibody."""
        return self._timeline("if-antibody")
