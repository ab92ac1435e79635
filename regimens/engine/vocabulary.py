"""The words a case may use, in the order in which they are shown."""

from __future__ import annotations

from regimens.engine.protocol import PROTOCOL
from regimens.engine.units import UNITS

SEXES = ("female", "male", "other", "unknown")
STATUSES = ("active", "transferred", "deceased")
CAUSES = (
    "pernicious-anaemia",
    "autoimmune-gastritis",
    "gastrectomy",
    "ileal-resection",
    "crohns-ileal",
    "bariatric-surgery",
    "coeliac",
    "other-malabsorption",
    "dietary",
    "medicine-induced",
    "nitrous-oxide",
    "unknown",
)
CONDITIONS = (
    "ileal-resection",
    "crohns-ileal",
    "bariatric-surgery",
    "gastrectomy",
    "chronic-kidney-disease",
    "diabetic-nephropathy",
    "leber-optic-neuropathy",
    "bleeding-disorder",
)
SYMPTOMS = (
    "glossitis",
    "peripheral-neuropathy",
    "cognitive-change",
    "paraesthesia",
    "gait-ataxia",
    "other-neurological",
    "fatigue",
)
DIRECTIONS = ("new", "worse", "improving", "plateau", "resolved", "none")
REGIMENS = tuple(PROTOCOL.regimens)
DRUGS = ("hydroxocobalamin", "cyanocobalamin", "methylcobalamin")
ROUTES = ("IM", "SC", "IV", "oral")
SITES = (
    "deltoid-left",
    "deltoid-right",
    "vastus-lateralis-left",
    "vastus-lateralis-right",
    "ventrogluteal-left",
    "ventrogluteal-right",
    "buttock-left",
    "buttock-right",
)
SUBSTANCES = (
    "cobalt",
    "cobalamin",
    "hydroxocobalamin",
    "cyanocobalamin",
    "methylcobalamin",
    "excipient",
    "other",
)
MEDICINES = (
    "metformin",
    "ppi",
    "h2-blocker",
    "colchicine",
    "chloramphenicol-parenteral",
    "anticoagulant-oral",
    "nitrous-oxide",
    "digoxin",
)
ANALYTES = tuple(UNITS)
ALL_UNITS = tuple(sorted({unit for units in UNITS.values() for unit in units}))
COMPARATORS = ("<", "<=", ">=", ">")
ANTIBODY_WORDS = ("positive", "negative", "equivocal")
