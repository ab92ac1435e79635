"""Flags about the newest results: B12, MMA, homocysteine and blood count."""

from __future__ import annotations

from regimens.engine.dates import DAY, add_months, within_months
from regimens.engine.day import Day
from regimens.engine.evidence import of_lab, of_review
from regimens.engine.findings import CRITICAL, INFO, WARNING, Finding, rule
from regimens.engine.labs import Result
from regimens.engine.protocol import PROTOCOL
from regimens.engine.sets import low_egfr
from regimens.engine.timeline import Timeline


@rule("b12-deficient", "b12")
def b12_deficient(day: Day) -> Finding | None:
    """The newest B12 is below its own unit's cut-off."""
    return Finding(CRITICAL, of_lab(day.b12)) if day.b12_is("deficient") else None


@rule("b12-borderline", "b12")
def b12_borderline(day: Day) -> Finding | None:
    """The newest B12 is between its unit's two cut-offs, both ends included."""
    return Finding(WARNING, of_lab(day.b12)) if day.b12_is("borderline") else None


def any_near(results: Timeline[Result], one: Result, day: Day) -> bool:
    """Whether some result known by a day lies within the months of another."""
    months = PROTOCOL.marker_months
    return any(within_months(other.date, one.date, months) for other in results.upto(day.date))


@rule("mma-suggested", "b12", "mma", "reviews", "treatment")
def mma_suggested(day: Day) -> Finding | None:
    """A borderline B12 with no MMA near it, or symptoms that persist with none of late."""
    if day.b12 and day.b12_is("borderline") and not any_near(day.history.mma, day.b12, day):
        return Finding(INFO, of_lab(day.b12))
    if not day.symptoms_persist:
        return None
    too_old = add_months(day.mma.date, PROTOCOL.marker_months) + DAY if day.mma else None
    if too_old is not None and too_old > day.date:
        return None
    evidence = of_review(day.newest_review) + of_lab(day.mma)
    return Finding(INFO, evidence, wording="symptoms", onset=too_old)


@rule("functional-deficiency", "b12", "mma", "egfr")
def functional_deficiency(day: Day) -> Finding | None:
    """MMA raised with good kidneys behind a B12 that is not deficient.

    Without any B12 result there is nothing it could be behind: then `mma-high` alone.
    """
    if day.mma is None or not day.functional_deficiency:
        return None
    return Finding(CRITICAL, of_lab(day.b12, day.mma, day.egfr_for(day.mma)))


@rule("mma-high", "mma", "egfr")
def mma_high(day: Day) -> Finding | None:
    """MMA at or above its target, with an eGFR good enough to trust it."""
    if day.mma is None or not day.mma_over_with_good_kidneys():
        return None
    return Finding(WARNING, of_lab(day.mma, day.egfr_for(day.mma)))


@rule("mma-high-renal-caveat", "mma", "egfr")
def mma_high_renal_caveat(day: Day) -> Finding | None:
    """MMA at or above its target, with a low or unknown eGFR."""
    mma = day.mma
    if mma is None or mma.below(PROTOCOL.mma_target) or day.mma_over_with_good_kidneys():
        return None
    egfr = day.egfr_for(mma)
    return Finding(INFO, of_lab(mma, egfr), wording="" if egfr else "unknown")


@rule("egfr-needed", "mma", "egfr")
def egfr_needed(day: Day) -> Finding | None:
    """MMA at or above its target, and no eGFR near enough to read it by."""
    mma = day.mma
    if mma is None or mma.below(PROTOCOL.mma_target) or day.egfr_for(mma) is not None:
        return None
    return Finding(INFO, of_lab(mma))


@rule("homocysteine-not-at-target", "homocysteine", "egfr")
def homocysteine_not_at_target(day: Day) -> Finding | None:
    """Homocysteine at or above its target; an unknown eGFR does not excuse it."""
    found = day.homocysteine
    if found is None or found.below(PROTOCOL.homocysteine_target) or low_egfr(day, found):
        return None
    return Finding(WARNING, of_lab(found, day.egfr_for(found)))


@rule("homocysteine-renal-caveat", "homocysteine", "egfr")
def homocysteine_renal_caveat(day: Day) -> Finding | None:
    """Homocysteine at or above its target, with a low eGFR."""
    found = day.homocysteine
    if found is None or found.below(PROTOCOL.homocysteine_target) or not low_egfr(day, found):
        return None
    return Finding(INFO, of_lab(found, day.egfr_for(found)))


def macrocytic_anaemia(day: Day) -> bool:
    """By the newest haemoglobin and the newest MCV."""
    large = day.mcv is not None and day.mcv.above(PROTOCOL.macrocytosis_above)
    return large and day.anaemic(day.haemoglobin)


@rule("anaemia-macrocytic", "haemoglobin", "mcv")
def anaemia_macrocytic(day: Day) -> Finding | None:
    """Haemoglobin below the cut-off for sex and pregnancy, and large red cells."""
    if not macrocytic_anaemia(day):
        return None
    return Finding(WARNING, of_lab(day.haemoglobin, day.mcv))


@rule("b12-alone-not-enough", "b12", "mma", "homocysteine")
def b12_alone_not_enough(day: Day) -> Finding | None:
    """B12 in range with neither MMA nor homocysteine near it."""
    if day.b12 is None or not day.b12_is("in-range"):
        return None
    history = day.history
    if any_near(history.mma, day.b12, day) or any_near(history.homocysteine, day.b12, day):
        return None
    return Finding(WARNING, of_lab(day.b12))
