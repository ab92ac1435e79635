"""Words for the engine's answers, chosen once for pages, lists and paper.

A status is always a `Tag`: its words, and a colour that only repeats them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from patients.presenters import Tag, age_words, day_words
from regimens.engine.assessment import DoseJudged, NextDose, Recheck
from regimens.models import Bucket, Regimen

__all__ = [
    "NEUROLOGICAL",
    "DoseWords",
    "Tag",
    "age_words",
    "bucket_words",
    "day_words",
    "days_words",
    "flag_title",
    "interval_words",
    "milestone_words",
    "next_dose_words",
    "phase_words",
    "regimen_words",
    "severity_tag",
    "tag_for_bucket",
    "tag_for_dose",
    "tag_for_recheck",
    "test_words",
    "timing_words",
]

PHASES = {
    "closed": "Record closed",
    "not-started": "Not started",
    "ended": "Treatment ended",
    "oral": "Tablets by mouth",
    "loading-neuro": "Loading, until symptoms improve no further",
    "loading": "Loading",
    "prophylaxis": "Prophylaxis",
    "maintenance": "Maintenance",
}
NO_DOSE_HEADLINES = {"not-started": "No treatment is ordered"}
NO_DOSE = {
    "closed": "The record is closed: nothing is due.",
    "not-started": "No next date is forecast until a prescriber orders treatment.",
    "ended": "The treatment has ended: no injection is due.",
    "oral": "Treated with tablets: no injection is due.",
}
BUCKET_COLOURS = {
    "lapsed": "red",
    "long-overdue": "red",
    "overdue": "red",
    "late": "orange",
    "due-today": "yellow",
    "loading": "purple",
    "due-soon": "blue",
    "recheck-only": "blue",
    "not-started": "grey",
    "no-forecast": "purple",
    "oral": "grey",
    "away": "grey",
    "up-to-date": "green",
    "closed": "grey",
}
BANDS = {
    "late": Tag("Late", "orange"),
    "overdue": Tag("Overdue", "red"),
    "long-overdue": Tag("Long overdue", "red"),
}
DOSE_STATUSES = {
    "upcoming": Tag("Not due yet", "green"),
    "due-soon": Tag("Due soon", "blue"),
    "due": Tag("Due today", "yellow"),
    "overdue": Tag("Overdue", "red"),
}
RECHECK_STATUSES = {
    "upcoming": Tag("Not due yet", "green"),
    "due-soon": Tag("Due soon", "blue"),
    "due": Tag("Due today", "yellow"),
    "overdue": Tag("Overdue", "red"),
    "partial": Tag("Incomplete", "orange"),
    "done": Tag("Done", "green"),
    "missed": Tag("Missed", "red"),
    "superseded": Tag("Replaced by a new treatment", "grey"),
}
NEUROLOGICAL = Tag("Neurological", "purple")
SEVERITIES = {
    "critical": Tag("Critical", "red"),
    "warning": Tag("Warning", "orange"),
    "info": Tag("Information", "blue"),
}
TESTS = {"b12": "Vitamin B12", "cbc": "Blood count", "homocysteine": "Homocysteine", "mma": "MMA"}
FLAG_TITLES = {
    "anaemia-macrocytic": "Anaemia with large red cells",
    "anticoagulant-im": "Bleeding risk with injections into a muscle",
    "b12-alone-not-enough": "B12 alone is not enough",
    "b12-borderline": "B12 borderline",
    "b12-deficient": "B12 deficient",
    "cobalamin-allergy": "Allergy or earlier reaction to B12",
    "cyanocobalamin-renal": "Cyanocobalamin with kidney disease",
    "dose-early": "Injection given early",
    "dose-nonstandard": "Dose is not the usual 1 mg into a muscle",
    "dose-overdue": "Injection overdue",
    "duplicate-dose": "Two injections on one day",
    "egfr-needed": "eGFR needed to read MMA",
    "folic-acid-before-b12": "Folic acid before B12",
    "folic-acid-during-loading": "Folic acid during loading",
    "functional-deficiency": "Functional deficiency behind a B12 that is not low",
    "glossitis-only": "Sore tongue is the only symptom",
    "homocysteine-not-at-target": "Homocysteine not at target",
    "homocysteine-renal-caveat": "Homocysteine raised, with kidney disease",
    "hypokalaemia-risk": "Risk of low potassium",
    "if-antibody-early": "Antibody test too soon after an injection",
    "interacting-medicine": "Medicine that acts on B12",
    "leber-cyanocobalamin": "Cyanocobalamin with Leber's optic neuropathy",
    "lifelong-treatment-stop": "Treatment is being stopped",
    "loading-interrupted": "Loading interrupted",
    "loading-review-due": "Review of loading due",
    "mma-high": "MMA high",
    "mma-high-renal-caveat": "MMA high, kidney function not known to be good",
    "mma-suggested": "MMA suggested",
    "monitoring-stopped": "Rechecks are switched off",
    "neuro-new": "New or worse neurological symptoms",
    "neuro-on-oral": "Neurological symptoms on tablets",
    "nitrous-oxide": "Nitrous oxide",
    "no-response": "Haemoglobin has not responded",
    "not-stable": "Not at target after 12 months",
    "oral-failure": "Tablets are not working",
    "pregnancy-review": "Pregnant or breastfeeding",
    "prophylaxis-clinician-decides": "Prophylaxis is for the clinician to decide",
    "protocol-undefined": "No interval chosen",
    "recheck-overdue": "Blood test overdue",
    "recheck-partial": "Blood test incomplete",
    "regimen-mismatch": "Treatment is less than suggested",
    "relapse-suspected": "Relapse suspected",
    "route-intravenous": "Given into a vein",
    "site-gluteal": "Given into the buttock",
    "treatment-lapsed": "Treatment lapsed",
    "under-16": "Under 16 years old",
}


@dataclass(frozen=True)
class DoseWords:
    """The next dose in words: the headline, what stands under it, and its tag if any."""

    headline: str
    detail: str
    tag: Tag | None


def phase_words(phase: str) -> str:
    """The phase of treatment."""
    return PHASES[phase]


def regimen_words(regimen: str) -> str:
    """The regimen of a course."""
    return str(Regimen(regimen).label)


def interval_words(interval: str | None) -> str:
    """An interval in words: "every 3 months" for P3M, "every month" for P1M."""
    found = re.fullmatch(r"P(\d+)([MW])", interval or "")
    if not found:
        return "no interval chosen"
    number, noun = int(found[1]), {"M": "month", "W": "week"}[found[2]]
    return f"every {noun}" if number == 1 else f"every {number} {noun}s"


def days_words(days: int) -> str:
    """A count of days: "1 day", "4 days"."""
    return "1 day" if days == 1 else f"{days} days"


def next_dose_words(next_dose: NextDose | None, phase: str = "") -> DoseWords:
    """When the next injection is due, or why none is."""
    if next_dose is None:
        why = NO_DOSE.get(phase, "No interval has been chosen: the next date is not known.")
        return DoseWords(NO_DOSE_HEADLINES.get(phase, "No injection due"), why, None)
    number = f"Dose {next_dose.number}" + (f" of {next_dose.of}" if next_dose.of else "")
    late = next_dose.days_overdue
    detail = f"{number}, {days_words(late)} overdue" if late else number
    return DoseWords(f"Due {day_words(next_dose.due)}", detail, tag_for_dose(next_dose))


def tag_for_dose(next_dose: NextDose) -> Tag:
    """How the next dose stands: its band if it is late, else its status."""
    return BANDS[next_dose.band] if next_dose.band else DOSE_STATUSES[next_dose.status]


def bucket_words(bucket: str) -> str:
    """The name of a bucket of today's list."""
    return str(Bucket(bucket).label)


def tag_for_bucket(bucket: str) -> Tag:
    """A bucket of today's list as a tag."""
    return Tag(bucket_words(bucket), BUCKET_COLOURS[bucket])


def tag_for_recheck(status: str) -> Tag:
    """How a recheck stands."""
    return RECHECK_STATUSES[status]


def milestone_words(milestone: str) -> str:
    """A recheck's name: "3 months", "Extra", "3 months after the change to tablets"."""
    named = {"extra": "Extra", "after-switch": "After the change to tablets"}
    return named.get(milestone) or milestone.replace("-", " ")


def test_words(recheck: Recheck) -> str:
    """What a recheck measures; of an incomplete one, what is still missing."""
    words = ", ".join(TESTS[test] for test in recheck.tests)
    missing = ", ".join(TESTS[test] for test in recheck.missing)
    return f"{words} (missing: {missing})" if missing else words


def timing_words(judged: DoseJudged) -> str:
    """How a dose stood against its due date: "4 days late", "On time"."""
    if not judged.counted:
        return "Not counted"
    if judged.timing is None or judged.days is None:
        return ""
    if judged.timing == "on-time":
        return "On time"
    return f"{days_words(abs(judged.days))} {judged.timing}"


def severity_tag(severity: str) -> Tag:
    """How serious a flag is."""
    return SEVERITIES[severity]


def flag_title(code: str) -> str:
    """A flag's short name."""
    return FLAG_TITLES[code]
