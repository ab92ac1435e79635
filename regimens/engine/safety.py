"""Safety flags about the person: folic acid, kidneys, allergies, other medicines, pregnancy."""

from __future__ import annotations

from regimens.engine.assessment import Evidence
from regimens.engine.dates import add_days, add_months
from regimens.engine.day import LOADING, Day
from regimens.engine.evidence import (
    MEDICINES,
    in_one_sentence,
    of_cause,
    of_condition,
    of_day,
    of_dose,
    of_lab,
    of_review,
    of_running,
)
from regimens.engine.findings import CRITICAL, INFO, WARNING, Finding, rule
from regimens.engine.protocol import PROTOCOL

LOWERS_B12 = ("metformin", "ppi", "h2-blocker", "colchicine", "chloramphenicol-parenteral")


def folic_acid_running(day: Day) -> tuple[Evidence, ...]:
    """The folic acid that runs on a day."""
    found: tuple[Evidence, ...] = ()
    for course in day.history.folic_acid:
        if course.start <= day.date and (course.end is None or course.end > day.date):
            found += of_day("folic-acid", course.start, "Folic acid started")
    return found


@rule("folic-acid-before-b12", "folic-acid", "treatment", "b12")
def folic_acid_before_b12(day: Day) -> Finding | None:
    """Folic acid runs, and no B12 of this treatment was given or taken on an earlier day."""
    if day.t0 is not None and day.t0 < day.date:
        return None
    if day.b12 is not None and not day.b12_is("deficient"):
        return None
    running = folic_acid_running(day)
    if not running:
        return None
    evidence = running + of_lab(day.b12)
    if day.t0 == day.date:
        return Finding(WARNING, evidence, wording="first-day")
    return Finding(CRITICAL, evidence)


@rule("folic-acid-during-loading", "folic-acid", "treatment")
def folic_acid_during_loading(day: Day) -> Finding | None:
    """Folic acid runs while loading is not complete."""
    running = folic_acid_running(day) if day.phase in LOADING else ()
    return Finding(WARNING, running + of_running(day)) if running else None


def cyanocobalamin(day: Day) -> tuple[Evidence, ...]:
    """Cyanocobalamin that is ordered, or was given on the newest day with an injection."""
    given = [dose for dose in day.newest_injections if dose.drug == "cyanocobalamin"]
    span = day.running
    ordered = span is not None and span.course.drug == "cyanocobalamin"
    return (of_running(day) if ordered else ()) + of_dose(*given)


@rule("cyanocobalamin-renal", "treatment", "injections", "egfr", "conditions")
def cyanocobalamin_renal(day: Day) -> Finding | None:
    """Cyanocobalamin with a low eGFR or kidney disease."""
    used = cyanocobalamin(day)
    if not used:
        return None
    nephropathy = of_condition(day, "diabetic-nephropathy")
    kidneys = nephropathy + of_condition(day, "chronic-kidney-disease")
    egfr = day.egfr
    if egfr is not None and egfr.below(PROTOCOL.egfr_caveat_below):
        kidneys += of_lab(egfr)
    if not kidneys:
        return None
    very_low = egfr is not None and egfr.below(PROTOCOL.egfr_critical_below)
    return Finding(CRITICAL if very_low or nephropathy else WARNING, used + kidneys)


@rule("leber-cyanocobalamin", "treatment", "injections", "conditions")
def leber_cyanocobalamin(day: Day) -> Finding | None:
    """Cyanocobalamin with Leber's optic neuropathy."""
    eyes = of_condition(day, "leber-optic-neuropathy")
    used = cyanocobalamin(day) if eyes else ()
    return Finding(CRITICAL, used + eyes) if used else None


@rule("cobalamin-allergy", "allergies", "reactions")
def cobalamin_allergy(day: Day) -> Finding | None:
    """An allergy to what is injected, or a reaction to a dose."""
    evidence: tuple[Evidence, ...] = ()
    for allergy in day.history.allergies:
        if allergy.date <= day.date and allergy.substance != "other":
            evidence += of_day("allergy", allergy.date, f"Allergy to {allergy.substance}")
    for dose in day.history.reactions:
        if dose.date <= day.date:
            evidence += of_day("dose", dose.date, f"Reaction to {dose.drug}: {dose.reaction}")
    return Finding(CRITICAL, evidence) if evidence else None


def medicine(day: Day, code: str) -> tuple[Evidence, ...]:
    """A medicine that runs on a day."""
    found: tuple[Evidence, ...] = ()
    for one in day.history.medicines:
        ended = one.end is not None and one.end <= day.date
        if one.code == code and one.start <= day.date and not ended:
            found += of_day("medicine", one.start, MEDICINES[code])
    return found


@rule("hypokalaemia-risk", "treatment", "haemoglobin", "potassium", "medicines")
def hypokalaemia_risk(day: Day) -> Finding | None:
    """Severe anaemia, low potassium, or digoxin with anaemia, while treatment starts.

    It starts until the first dose or tablet of a treatment, and while it loads.
    """
    started = day.t0 is not None
    waiting = day.phase == "not-started" or (day.running is not None and not started)
    if day.closed or not (waiting or day.phase in LOADING):
        return None
    potassium = day.history.potassium.newest(day.date)
    haemoglobin = day.haemoglobin
    evidence: tuple[Evidence, ...] = ()
    if haemoglobin is not None and haemoglobin.below(PROTOCOL.severe_hb_below):
        evidence += of_lab(haemoglobin)
    if potassium is not None and potassium.below(PROTOCOL.potassium_below):
        evidence += of_lab(potassium)
    digoxin = medicine(day, "digoxin") if day.anaemic(haemoglobin) else ()
    if evidence:
        evidence += digoxin
        return Finding(WARNING, evidence, "started") if started else Finding(CRITICAL, evidence)
    return Finding(WARNING, digoxin + of_lab(haemoglobin), wording="digoxin") if digoxin else None


@rule("anticoagulant-im", "treatment", "medicines", "conditions", "platelets")
def anticoagulant_im(day: Day) -> Finding | None:
    """A risk of bleeding into the muscle; not on tablets, not after the end."""
    if day.phase in ("oral", "ended"):
        return None
    evidence = medicine(day, "anticoagulant-oral") + of_condition(day, "bleeding-disorder")
    platelets = day.history.platelets.newest(day.date)
    if platelets is not None and platelets.below(PROTOCOL.platelets_below):
        evidence += of_lab(platelets)
    return Finding(WARNING, evidence) if evidence else None


@rule("nitrous-oxide", "medicines", "conditions", "reviews")
def nitrous_oxide(day: Day) -> Finding | None:
    """Exposure recorded, however long ago, or named as the cause."""
    evidence: tuple[Evidence, ...] = ()
    for one in day.history.medicines:
        if one.code == "nitrous-oxide" and one.start <= day.date:
            evidence += of_day("medicine", one.start, MEDICINES[one.code])
    if day.cause == "nitrous-oxide":
        evidence += of_cause(day)
    if not evidence:
        return None
    if day.symptoms_current:
        return Finding(CRITICAL, evidence + of_review(day.newest_word), wording="symptoms")
    return Finding(WARNING, evidence)


@rule("interacting-medicine", "medicines")
def interacting_medicine(day: Day) -> Finding | None:
    """Medicines that lower B12 or weaken the answer to it."""
    found = {code: facts for code in LOWERS_B12 if (facts := medicine(day, code))}
    if not found:
        return None
    names = [
        MEDICINES[code] if code == min(found, key=_listed) else _inside(code) for code in found
    ]
    severity = WARNING if "chloramphenicol-parenteral" in found else INFO
    evidence = tuple(fact for facts in found.values() for fact in facts)
    return Finding(severity, evidence, says=in_one_sentence(names))


def _listed(code: str) -> int:
    return LOWERS_B12.index(code)


def _inside(code: str) -> str:
    """A medicine's name inside a sentence."""
    name = MEDICINES[code]
    return name if name.startswith("H2") else name.lower()


@rule("pregnancy-review")
def pregnancy_review(day: Day) -> Finding | None:
    """Pregnant or breastfeeding; neither has a date."""
    patient = day.history.patient
    words = []
    if patient.pregnant is not False:
        words.append("Pregnant")
    if patient.breastfeeding:
        words.append("Breastfeeding")
    evidence = tuple(Evidence(fact="patient", date=None, text=word) for word in words)
    return Finding(INFO, evidence, undated=True) if words else None


@rule("if-antibody-early", "antibody", "doses")
def if_antibody_early(day: Day) -> Finding | None:
    """The newest intrinsic-factor antibody was taken soon after an injection."""
    antibody = day.history.antibody.newest(day.date)
    if antibody is None:
        return None
    first = add_days(antibody.date, 1 - PROTOCOL.antibody_days)
    before = [dose for dose in day.history.dose_days if first <= dose < antibody.date]
    if not before:
        return None
    return Finding(INFO, of_lab(antibody) + of_day("dose", before[-1], "Injection"))


@rule("under-16")
def under_16(day: Day) -> Finding | None:
    """Under 16 on the day; true from birth."""
    born = day.history.patient.birth_date
    if add_months(born, 12 * PROTOCOL.adult_from_years) <= day.date:
        return None
    return Finding(CRITICAL, of_day("patient", born, "Born"), onset=born)
