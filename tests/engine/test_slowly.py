"""Sets and rechecks agree with a second, plain reading of the rules on random histories."""

from __future__ import annotations

from datetime import date

import pytest
from histories import histories
from hypothesis import HealthCheck, given, settings
from slowly import Listed, Slowly

from regimens.engine import Assessment, Facts, assess

TIGHT, WIDE = 60, 400


def as_listed(assessment: Assessment, plain: list[Listed]) -> list[Listed]:
    """The engine's rechecks; `partial` stands instead of the status that the days alone give."""
    by_days = {(one.due, one.milestone): one.status for one in plain}
    found = [
        Listed(
            one.due,
            one.milestone,
            by_days.get((one.due, one.milestone), "") if one.status == "partial" else one.status,
            one.date,
            one.t0,
        )
        for one in assessment.rechecks
    ]
    return sorted(found, key=str)


@pytest.mark.parametrize("span", [TIGHT, WIDE])
def test_sets_and_rechecks_are_as_a_plain_reading_has_them(span: int) -> None:
    @settings(
        max_examples=120,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(histories(span))
    def check(history: tuple[Facts, date]) -> None:
        facts, today = history
        assessment = assess(facts, today)

        plain = Slowly(facts, today)

        rechecks = plain.rechecks()
        assert [one.date for one in assessment.sets] == plain.sets
        assert as_listed(assessment, rechecks) == rechecks
        served = {one.date: one.serves for one in assessment.sets if one.serves is not None}
        assert served == plain.serves

    check()
