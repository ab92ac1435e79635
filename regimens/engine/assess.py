"""Facts in, assessment out: a pure function of the facts, a day and a clinic's policy."""

from __future__ import annotations

from datetime import date

from regimens.engine.assessment import Assessment
from regimens.engine.changes import next_change
from regimens.engine.doses import judged_doses, missed_doses, next_dose
from regimens.engine.facts import Facts, Policy
from regimens.engine.flags import controlled, flags
from regimens.engine.history import History
from regimens.engine.rechecks import listed_rechecks, result_sets
from regimens.engine.reminders import reminders
from regimens.engine.suggest import course_summary, suggestion

USUAL = Policy()


def assess(facts: Facts, today: date, policy: Policy = USUAL) -> Assessment:
    """Say where a person stands on a day, and when that will next read differently.

    Reads only facts dated on or before `today`, but for ends, absences and
    extra rechecks to come; a fact voided by `today` is left out for every day.
    The answer does not depend on the order of the facts, and it asks no clock.
    """
    day = History(facts, policy, voided_by=today).day(today)
    return Assessment(
        today=today,
        phase=day.phase,
        controlled=controlled(day),
        neurological=day.neurological,
        course=course_summary(day),
        suggestion=suggestion(day),
        next_dose=next_dose(day),
        doses=judged_doses(day),
        missed_doses=missed_doses(day),
        rechecks=listed_rechecks(day),
        sets=result_sets(day),
        reminders=reminders(day),
        flags=flags(day),
        changes_on=next_change(day),
    )
