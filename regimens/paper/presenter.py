"""From the record and the engine's answer to what a care plan says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from patients.models import Analyte, Diagnosis, Injection, LabResult, Patient, PatientIdentifier
from patients.presenters import (
    age_words,
    identifier_words,
    number_words,
    result_words,
    unit_words,
)
from regimens.engine.assessment import Assessment, Recheck
from regimens.engine.facts import Facts
from regimens.engine.forecast import haemoglobin_low_below, projected_dues
from regimens.engine.protocol import PROTOCOL
from regimens.models import Course, Regimen
from regimens.paper import plan as paper
from regimens.presenters import days_words, interval_words, phase_words

FOLLOWING = 4
OPEN = frozenset({"upcoming", "due-soon", "due", "overdue", "partial"})
TESTS = {
    "b12": "vitamin B12",
    "cbc": "blood count (haemoglobin, MCV)",
    "homocysteine": "homocysteine",
    "mma": "methylmalonic acid (MMA)",
}
NEXT_WITHOUT_DATE = {
    "oral": "Take your tablets every day. No injection is due while you take them.",
    "not-started": "Your treatment has not been ordered yet. Your clinic will tell you.",
    "ended": "Your injections have been stopped. Ask your clinic what comes next.",
}
B12_UNITS = {"ng/L": "pg/mL", "pg/mL": "pg/mL"}


@dataclass(frozen=True)
class Record:
    """The rows that a care plan prints beside the engine's answer."""

    patient: Patient
    identifiers: Sequence[PatientIdentifier]
    diagnosis: Diagnosis | None
    course: Course | None
    results: Sequence[LabResult]  # newest first
    injections: Sequence[date]


def record_of(patient: Patient, course: Course | None) -> Record:
    """Read those rows; a fixed number of queries."""
    return Record(
        patient=patient,
        identifiers=list(PatientIdentifier.objects.standing().filter(patient=patient)),
        diagnosis=Diagnosis.objects.standing().filter(patient=patient).first(),
        course=course,
        results=list(
            LabResult.objects.standing()
            .filter(patient=patient, analyte__in=[*B12, *OTHER_TARGETS])
            .order_by("-collected_on", "-pk")
        ),
        injections=list(
            Injection.objects.standing()
            .filter(patient=patient)
            .order_by("given_on")
            .values_list("given_on", flat=True)
        ),
    )


def care_plan_of(
    record: Record, facts: Facts, found: Assessment, page_size: paper.PageSize
) -> paper.CarePlan:
    """The care plan of one patient on the day of the assessment."""
    patient, clinic = record.patient, record.patient.clinic
    oral = found.course is not None and found.course.regimen == Regimen.ORAL
    return paper.CarePlan(
        page_size=page_size,
        valid_as_of=found.today,
        clinic=paper.Clinic(clinic.name, clinic.phone, ", ".join(clinic.address.splitlines())),
        patient_name=patient.full_name,
        birth_date=patient.birth_date,
        age_words=age_words(patient.birth_date, found.today),
        identifiers=tuple(
            paper.Labelled(number.get_system_display(), identifier_words(number))
            for number in record.identifiers
        ),
        cause=_cause(record.diagnosis),
        why_treated=_why(record.diagnosis, found),
        treatment=_treatment(record, found),
        phase=phase_words(found.phase),
        route="tablets" if oral else "injection",
        for_life=found.course is not None and not oral and found.phase != "ended",
        next_treatment=_next(facts, found),
        next_bloods=_bloods(found),
        targets=_targets(record, haemoglobin_low_below(facts, found.today)),
        chart=_chart(record),
        folic_acid=_folic_acid(facts, found.today),
    )


def _cause(diagnosis: Diagnosis | None) -> str:
    known = diagnosis is not None and diagnosis.cause != "unknown"
    return str(diagnosis.get_cause_display()) if diagnosis and known else ""


def _why(diagnosis: Diagnosis | None, found: Assessment) -> str:
    if diagnosis is not None and not diagnosis.deficient and not found.neurological:
        return (
            "Your body is likely to run short of vitamin B12. We treat you before that harms "
            "your blood or your nerves."
        )
    why = (
        "Your body does not get enough vitamin B12. Without treatment this harms the blood "
        "and the nerves."
    )
    return why + (" Your nerves have been affected." if found.neurological else "")


def _treatment(record: Record, found: Assessment) -> tuple[str, ...]:
    course = record.course
    if course is None or found.course is None:
        return ("No treatment is running at the moment.",)
    drug = course.get_drug_display()
    if course.regimen == Regimen.ORAL:
        dose = f"{number_words(course.oral_daily_ug)} micrograms" if course.oral_daily_ug else ""
        amount = dose or "the amount on your prescription"
        return (f"{drug} tablets by mouth: {amount} every day.",)
    usual = PROTOCOL.usual_dose_ug
    lines = [f"{drug} {number_words_of_mg(usual)} mg ({usual} micrograms) into a muscle."]
    if found.phase.startswith("loading"):
        lines.append("First injections close together (loading).")
    if found.course.interval:
        then = "After that, one" if found.phase.startswith("loading") else "One"
        lines.append(f"{then} injection {interval_words(found.course.interval)}.")
    return tuple(lines)


def number_words_of_mg(micrograms: int) -> str:
    """An amount in milligrams: "1" for 1000."""
    return f"{micrograms / 1000:g}"


def _next(facts: Facts, found: Assessment) -> paper.NextTreatment:
    dose = found.next_dose
    if dose is None:
        words = NEXT_WITHOUT_DATE.get(found.phase, "Your clinic will tell you the next date.")
        return paper.NextTreatment(None, (), words)
    if dose.days_overdue:
        note = f"This date passed {days_words(dose.days_overdue)} ago: please ring us now. "
    else:
        note = ""
    if found.phase == "loading-neuro":
        words = note + "More follow every few days, until you improve no further."
        return paper.NextTreatment(paper.DueDate(dose.due), (), words)
    following = projected_dues(facts, found.today, FOLLOWING)
    words = note + ("The later dates hold if each injection is given on its day." * bool(following))
    return paper.NextTreatment(
        paper.DueDate(dose.due), tuple(map(paper.DueDate, following)), words.strip()
    )


def _bloods(found: Assessment) -> tuple[paper.BloodTest, ...]:
    checks = sorted((c for c in found.rechecks if c.status in OPEN), key=lambda check: check.due)
    return tuple(paper.BloodTest(check.due, _tests(check)) for check in checks)


def _tests(check: Recheck) -> str:
    """What is measured, and to come soon where the date has passed."""
    words = ", ".join(TESTS[test] for test in check.tests)
    late = ". This date has passed: please come soon." if check.days_late else ""
    return words[:1].upper() + words[1:] + late


B12 = (Analyte.B12, Analyte.ACTIVE_B12)
OTHER_TARGETS = {
    Analyte.HOMOCYSTEINE: "Homocysteine",
    Analyte.MMA: "Methylmalonic acid (MMA)",
    Analyte.HAEMOGLOBIN: "Haemoglobin",
}


def _targets(record: Record, hb_low_below: int) -> tuple[paper.TargetRow, ...]:
    newest: dict[str, LabResult] = {}
    for result in record.results:
        newest.setdefault(result.analyte, result)
    words = {
        Analyte.HOMOCYSTEINE: f"below {PROTOCOL.homocysteine_target} {unit_words('umol/L')}",
        Analyte.MMA: f"below {PROTOCOL.mma_target} nmol/L",
        Analyte.HAEMOGLOBIN: f"{hb_low_below} g/L or more",
    }
    b12 = next((result for result in record.results if result.analyte in B12), None)
    rows = [_row("Vitamin B12", f"above {_in_range_above(b12)}", b12)]
    return tuple(
        rows + [_row(name, words[code], newest.get(code)) for code, name in OTHER_TARGETS.items()]
    )


def _row(name: str, target: str, result: LabResult | None) -> paper.TargetRow:
    if result is None:
        return paper.TargetRow(name, target)
    return paper.TargetRow(name, target, result_words(result), result.collected_on)


def _in_range_above(result: LabResult | None) -> str:
    """Above which B12 is in range, in the unit in which it was last reported."""
    analyte, unit = (result.analyte, result.unit) if result else (Analyte.B12, "ng/L")
    return f"{PROTOCOL.b12[str(analyte), unit].borderline_to} {unit_words(unit)}"


def _chart(record: Record) -> paper.Chart | None:
    """B12 over time: the results that can be drawn against the newest one's unit."""
    b12 = [result for result in record.results if result.analyte in B12]
    if not b12:
        return None
    newest = b12[0]
    points = tuple(
        paper.ChartPoint(
            result.collected_on, float(result.value), cast(paper.Comparator, result.comparator)
        )
        for result in reversed(b12)
        if result.value is not None and _scale(result) == _scale(newest)
    )
    floor = PROTOCOL.b12[newest.analyte, newest.unit].borderline_to
    return paper.Chart(
        title=str(newest.get_analyte_display()),
        unit=unit_words(newest.unit),
        points=points,
        band=(floor, None),
        band_words=f"shaded: in range, above {_in_range_above(newest)}",
        injections=tuple(record.injections),
    )


def _scale(result: LabResult) -> tuple[str, str]:
    """What may share an axis: pg/mL and ng/L are the same quantity."""
    return result.analyte, B12_UNITS.get(result.unit, result.unit)


def _folic_acid(facts: Facts, today: date) -> str:
    running = any(
        course.start <= today and (course.end is None or course.end > today)
        for course in facts.folic_acid
    )
    return "You take folic acid." if running else ""
