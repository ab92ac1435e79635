"""The trend chart is honest about levels, limits and time."""

from dataclasses import replace
from datetime import date

import pytest
from paper_plans import CHART

from regimens.paper.chart import TrendChart, month_ticks, value_axis, value_ticks
from regimens.paper.plan import ChartPoint


def chart_of(*values: float) -> TrendChart:
    points = tuple(ChartPoint(date(2026, 1 + n, 1), v) for n, v in enumerate(values))
    return TrendChart(replace(CHART, points=points), 480, 150)


def test_near_values_have_an_axis_of_equal_steps_from_zero() -> None:
    low, high, logarithmic = value_axis(replace(CHART, points=(ChartPoint(date(2026, 1, 1), 400),)))

    assert (low, logarithmic) == (0, False)
    assert high > 400


def test_values_far_apart_have_an_axis_by_factors() -> None:
    chart = chart_of(100, 1000, 10_000)

    steps = [chart.y(1000) - chart.y(100), chart.y(10_000) - chart.y(1000)]
    assert chart.logarithmic
    assert steps[0] == pytest.approx(steps[1])


@pytest.mark.parametrize("values", [(96,), (0,), (18, 240_599), (400, 410, 390), (150, 2000, 900)])
def test_every_value_lies_inside_the_chart(values: tuple[float, ...]) -> None:
    chart = chart_of(*values)

    assert all(30 < chart.y(value) < 140 for value in values)


@pytest.mark.parametrize("high", [0.5, 7, 12.5, 467, 2600])
def test_an_axis_of_equal_steps_has_a_handful_of_ticks_up_to_its_end(high: float) -> None:
    ticks = value_ticks(0, high, logarithmic=False)

    assert 3 <= len(ticks) <= 7
    assert ticks[0] == 0
    assert ticks[-1] <= high


def test_an_axis_by_factors_has_ticks_inside_it() -> None:
    assert value_ticks(80, 3000, logarithmic=True) == [100, 200, 500, 1000, 2000]


def test_one_result_stands_in_the_middle_of_its_time() -> None:
    chart = TrendChart(
        replace(CHART, points=(ChartPoint(date(2026, 6, 15), 96),), injections=()), 480, 150
    )

    assert chart.first < date(2026, 6, 15) < chart.last
    assert 100 < chart.x(date(2026, 6, 15)) < 400


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 15), date(2026, 4, 20)),
        (date(2025, 9, 10), date(2026, 9, 25)),
        (date(2016, 2, 1), date(2026, 9, 25)),
    ],
)
def test_time_ticks_are_few_even_and_inside(first: date, last: date) -> None:
    ticks = list(month_ticks(first, last))

    months = [tick.year * 12 + tick.month for tick in ticks]
    assert 2 <= len(ticks) <= 8
    assert all(first <= tick <= last and tick.day == 1 for tick in ticks)
    assert len({b - a for a, b in zip(months, months[1:], strict=False)}) == 1
