"""Every sentence and heading that printed pages add of their own, in one place to translate."""

from datetime import date

TITLE = "B12 care plan"
SUBJECT = "Treatment of vitamin B12 deficiency"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

BORN = "Born {date} ({age})"
PAGE = "Page {page} of {pages}"
VALID_AS_OF = "Valid as of {date}"
PLAN_CODE = "Plan code {code}"

NEXT_INJECTION = "Your next injection"
NEXT_TABLETS = "Your tablets"
NO_DATE = "No date yet"
AFTER_THAT = "And after that"
IF_MISSED = "Cannot come? Ring us for another day. Do not wait for the date after it."

WHY = "Why you are treated"
CAUSE = "Cause: {cause}"
TREATMENT = "Your treatment"
PHASE = "Stage now: {phase}"
HOW_LONG_LIFE = "For life."
HOW_LONG = "Do not stop by yourself."
NORMAL_RESULT = (
    "A normal blood result is no reason to stop. It shows that the treatment works. Without it "
    "your B12 can fall again, and your nerves can be harmed before you feel ill."
)

BLOODS = "Your next blood tests"
BLOODS_WHEN = (
    "Please have blood taken shortly before an injection, not after it: for weeks after an "
    "injection B12 in the blood is high whatever your body has used."
)
NO_BLOODS = "No blood test has a date yet. Please ask us at your next visit."

RESULTS = "Your targets and last results"
TARGET_COLUMNS = ("Blood test", "Target", "Last result", "Taken on")
NO_RESULT = "None yet"
B12_ALONE = (
    "B12 in the blood is only one sign. We look at it together with the other tests and with "
    "how you feel."
)
CHART_INJECTIONS = "Injections"
CHART_LIMIT = "An open triangle is a limit: the laboratory said only below (<) or above (>) it."

SITES = "Where injections go"
SITES_YES = "Into the muscle of the upper arm or the outer thigh. Change sides each time."
SITES_NO = "Not into the buttock: a large nerve runs there."

FOLIC = "Folic acid"
FOLIC_WARNING = (
    "Do not take folic acid before your B12 treatment has started, also not in a multivitamin, "
    "unless we have told you to. It can hide the anaemia while nerve damage goes on."
)

RING = "When to ring the clinic: {phone}"
RING_NERVES = (
    "Ring the same day for",
    "numbness, tingling or burning that is new or worse",
    "unsteady walking, or falls",
    "change in memory, thinking or sight",
)
RING_REACTION = (
    "After a dose, ring for",
    "rash or itching",
    "wheeze, or swelling of the face, lips or throat",
    "palpitations (a racing or uneven heartbeat)",
)
EMERGENCY = "If breathing is hard or your face or throat swells, call the emergency number first."
HARMLESS = "Red urine after an injection is harmless. So are a few acne-like spots."

CONTACTS = "How to reach us"
CLINIC, PHONE, ADDRESS = "Clinic", "Phone", "Address"
NOTES = "Notes from your clinic"
NOTES_CUT = "(The rest of this note is in your record. Please ask us for it.)"


def long_date(day: date) -> str:
    """ "16 July 2026", with no-break spaces so that a line never ends inside it."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}"


def month(day: date) -> str:
    """ "Jul 2026"."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"
