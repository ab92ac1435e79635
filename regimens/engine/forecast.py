"""What comes after the next dose, were each given on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from regimens.engine import assess
from regimens.engine.facts import Dose, Facts, Policy
from regimens.engine.history import History
from regimens.engine.protocol import PROTOCOL

USUAL_DRUG = "hydroxocobalamin"


def projected_dues(facts: Facts, today: date, count: int) -> list[date]:
    """The due dates that follow the next one, at most `count`; fewer where no more are due.

    A projection: it takes each dose to be given on its due date, one that is
    overdue to be given today.
    """
    dues: list[date] = []
    found = assess(facts, today).next_dose
    while found is not None and len(dues) < count:
        given = max(found.due, today)
        dose = Dose(
            date=given,
            drug=USUAL_DRUG,
            amount_ug=Decimal(PROTOCOL.usual_dose_ug),
            route="IM",
        )
        facts = replace(facts, doses=(*facts.doses, dose))
        found = assess(facts, given).next_dose
        if found is not None:
            dues.append(found.due)
    return dues


def haemoglobin_low_below(facts: Facts, today: date) -> int:
    """The haemoglobin, g/L, below which this person is anaemic."""
    return History(facts, Policy(), today).hb_cut_off
