"""Facts in words, as the evidence of a flag: values and units as they were entered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from regimens.engine.assessment import Evidence
from regimens.engine.dates import interval
from regimens.engine.day import Day
from regimens.engine.facts import Course, Dose, SymptomReview
from regimens.engine.labs import Result
from regimens.engine.units import unit_words

ANALYTES = {
    "b12": "B12",
    "active-b12": "Active B12",
    "mma": "MMA",
    "homocysteine": "Homocysteine",
    "haemoglobin": "Haemoglobin",
    "mcv": "MCV",
    "egfr": "eGFR",
    "potassium": "Potassium",
    "platelets": "Platelets",
    "if-antibody": "Intrinsic-factor antibody",
}
REGIMENS = {
    "im-neuro": "Injections, neurological regimen",
    "im-standard": "Injections, standard regimen",
    "im-ileal": "Injections, ileal regimen",
    "im-bariatric": "Injections, bariatric regimen",
    "oral": "Tablets by mouth",
}
SITES = {
    "deltoid": "deltoid",
    "vastus-lateralis": "vastus lateralis",
    "ventrogluteal": "ventrogluteal",
    "buttock": "buttock",
}
CONDITIONS = {
    "autoimmune-gastritis": "Autoimmune gastritis",
    "bariatric-surgery": "Bariatric surgery",
    "bleeding-disorder": "Bleeding disorder",
    "chronic-kidney-disease": "Chronic kidney disease",
    "coeliac": "Coeliac disease",
    "crohns-ileal": "Crohn's disease of the ileum",
    "diabetic-nephropathy": "Diabetic nephropathy",
    "dietary": "Diet",
    "gastrectomy": "Gastrectomy",
    "ileal-resection": "Ileal resection",
    "leber-optic-neuropathy": "Leber's optic neuropathy",
    "medicine-induced": "A medicine",
    "nitrous-oxide": "Nitrous oxide",
    "other-malabsorption": "Other malabsorption",
    "pernicious-anaemia": "Pernicious anaemia",
    "unknown": "Cause unknown",
}
MEDICINES = {
    "anticoagulant-oral": "Oral anticoagulant",
    "chloramphenicol-parenteral": "Chloramphenicol by injection",
    "colchicine": "Colchicine",
    "digoxin": "Digoxin",
    "h2-blocker": "H2 blocker",
    "metformin": "Metformin",
    "nitrous-oxide": "Nitrous oxide",
    "ppi": "Proton-pump inhibitor",
}


def number(value: Decimal | int) -> str:
    """A number as it was written, never with an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def of_lab(*results: Result | None) -> tuple[Evidence, ...]:
    """Results as reported: `B12 520 pg/mL`; those not there are left out."""
    return tuple(
        Evidence(fact="lab", date=result.date, text=_result_words(result))
        for result in results
        if result is not None
    )


def _result_words(result: Result) -> str:
    lab = result.lab
    value = lab.value if isinstance(lab.value, str) else number(lab.value)
    unit = unit_words(lab.unit)
    return f"{ANALYTES[lab.analyte]} {lab.comparator or ''}{value} {unit}".rstrip()


def of_review(*reviews: SymptomReview | None) -> tuple[Evidence, ...]:
    """Symptom reviews: `Gait ataxia, paraesthesia: new, severe`."""
    return tuple(
        Evidence(fact="symptom-review", date=review.date, text=_review_words(review))
        for review in reviews
        if review is not None
    )


def _review_words(review: SymptomReview) -> str:
    names = ", ".join(sorted(name.replace("-", " ") for name in review.symptoms))
    direction = "no symptoms" if review.direction == "none" else review.direction
    severe = ", severe" if review.severe else ""
    words = f"{names}: {direction}{severe}" if names else f"{direction}{severe}"
    return words[0].upper() + words[1:]


def of_course(course: Course, every: str | None) -> tuple[Evidence, ...]:
    """An order: `Injections, standard regimen, every 3 months, hydroxocobalamin`."""
    parts = [REGIMENS[course.regimen], every_words(every) if every else None, course.drug]
    text = ", ".join(part for part in parts if part)
    return (Evidence(fact="course", date=course.start, text=text),)


def of_running(day: Day) -> tuple[Evidence, ...]:
    """The order that runs on a day."""
    span = day.running
    return of_course(span.course, span.interval) if span is not None else ()


def every_words(code: str) -> str:
    """An interval in words: `every month`, `every 12 weeks`."""
    count, unit = interval(code)
    name = "month" if unit == "M" else "week"
    return f"every {name}" if count == 1 else f"every {count} {name}s"


def of_dose(*doses: Dose) -> tuple[Evidence, ...]:
    """Doses given: `Hydroxocobalamin 1000 micrograms IM, deltoid, left`."""
    return tuple(Evidence(fact="dose", date=dose.date, text=_dose_words(dose)) for dose in doses)


def _dose_words(dose: Dose) -> str:
    words = f"{dose.drug.capitalize()} {number(dose.amount_ug)} micrograms {dose.route}"
    if dose.site:
        place, _, side = dose.site.rpartition("-")
        words += f", {SITES.get(place, place)}, {side}"
    return words


def of_day(fact: str, day: date | None, text: str) -> tuple[Evidence, ...]:
    """Anything else in plain words."""
    return (Evidence(fact=fact, date=day, text=text),)


def of_condition(day: Day, code: str) -> tuple[Evidence, ...]:
    """A condition that holds on a day, or nothing."""
    since = day.condition_since(code)
    return () if since is None else of_day("condition", since, CONDITIONS[code])


def of_cause(day: Day) -> tuple[Evidence, ...]:
    """The cause that the diagnosis names."""
    if day.diagnosis is None:
        return ()
    return of_day("diagnosis", day.diagnosis.date, f"Cause: {CONDITIONS[day.diagnosis.cause]}")


def in_one_sentence(parts: Iterable[str]) -> str:
    """Several things joined for a sentence: `a, b and c`."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
