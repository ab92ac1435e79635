"""The trend as SVG: every result, honest limits, nothing inline, words for all."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from b12tracker.web.charts import Band, Phase, Point, Series, Trend, draw_trend
from b12tracker.web.charts.scales import value_scale

TODAY = date(2026, 5, 25)
START = date(2024, 3, 4)
TARGET = Band(lower=Decimal(350), upper=None, words="target over 350")
SVG = "{*}"


def results(*written: str) -> tuple[Point, ...]:
    """One result a quarter: "520", "<150", ">2000"."""
    return tuple(
        Point(
            on=START + timedelta(days=91 * number),
            value=Decimal(value.lstrip("<>")),
            comparator=value[0] if value[0] in "<>" else "",
            label=f"{value} pg/mL",
        )
        for number, value in enumerate(written)
    )


def b12(*written: str) -> Series:
    return Series(name="Vitamin B12", unit="pg/mL", points=results(*written), bands=(TARGET,))


def draw(*series: Series, **details: object) -> ElementTree.Element:
    trend = Trend(title="Results of Janet Williams", today=TODAY, series=series, **details)
    return ElementTree.fromstring(draw_trend(trend).wide)


def titles(drawing: ElementTree.Element) -> list[str]:
    return [title.text for title in drawing.iter("title")]


def marks(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    return [g for g in drawing.iter("g") if g.get("class") == "app-chart__point"]


def words(drawing: ElementTree.Element) -> list[str]:
    return [text.text for text in drawing.iter("text")]


def test_every_result_has_a_mark_that_the_keyboard_reaches_with_its_words() -> None:
    drawing = draw(b12("150", "520", "640"))

    assert [mark.get("tabindex") for mark in marks(drawing)] == ["0", "0", "0"]
    assert [mark.find("title").text for mark in marks(drawing)] == [
        "Vitamin B12 150 pg/mL, 4 March 2024",
        "Vitamin B12 520 pg/mL, 3 June 2024",
        "Vitamin B12 640 pg/mL, 2 September 2024",
    ]


def test_both_drawings_show_the_same_results() -> None:
    figure = draw_trend(Trend(title="T", today=TODAY, series=(b12("150", "520"),)))

    wide, narrow = (ElementTree.fromstring(svg) for svg in (figure.wide, figure.narrow))
    assert [m.find("title").text for m in marks(wide)] == [
        m.find("title").text for m in marks(narrow)
    ]


def test_the_two_drawings_share_no_id() -> None:
    figure = draw_trend(Trend(title="T", today=TODAY, series=(b12("150"),)))

    ids = [e.get("id") for s in figure.__dict__.values() for e in ElementTree.fromstring(s).iter()]
    ids = [found for found in ids if found]
    assert len(ids) == len(set(ids))


def test_nothing_is_styled_inline() -> None:
    figure = draw_trend(
        Trend(
            title="T",
            today=TODAY,
            series=(b12("<90", "240599", "500"),),
            injections=(START,),
            phases=(Phase(start=START, end=None, words="Loading"),),
        )
    )

    for svg in (figure.wide, figure.narrow):
        elements = list(ElementTree.fromstring(svg).iter())
        assert not [e for e in elements if e.get("style") or e.tag in {"style", "script"}]


def test_names_and_labels_are_escaped() -> None:
    point = Point(on=START, value=Decimal(5), label='<b>5</b> "x"')
    series = Series(name="<script>", unit="&", points=(point,))

    svg = draw_trend(Trend(title="O'Connor & <Sons>", today=TODAY, series=(series,))).wide

    assert "<script>" not in svg
    assert "<b>" not in svg
    assert "O'Connor & <Sons>" in titles(ElementTree.fromstring(svg))


def test_a_limit_is_drawn_as_an_arrow_and_a_level_as_a_dot() -> None:
    limit, level = marks(draw(b12("<150", "520")))

    assert limit.find(".//path") is not None
    assert level.find(".//path") is None


@pytest.mark.parametrize(("written", "sign"), [("<150", 1), (">150", -1)])
def test_the_arrow_points_to_where_the_value_lies(written: str, sign: int) -> None:
    limit = marks(draw(b12(written, "520")))[0]

    stem = limit.findall(".//line")[1]
    assert (float(stem.get("y2")) - float(stem.get("y1"))) * sign > 0


def test_the_line_to_a_limit_is_dotted() -> None:
    drawing = draw(b12("<150", "520", "640"))

    joins = [
        e
        for e in drawing.iter("line")
        if e.get("stroke-width") == "1.5" and e.get("x1") != e.get("x2")
    ]
    assert [bool(join.get("stroke-dasharray")) for join in joins] == [True, False]


def test_a_superseded_result_is_shown_but_the_line_leaves_it_out() -> None:
    first, wrong, last = results("300", "9000", "310")
    wrong = Point(on=wrong.on, value=wrong.value, label=wrong.label, superseded=True)
    series = Series(name="Vitamin B12", unit="pg/mL", points=(first, wrong, last))

    drawing = draw(series)

    joins = [
        e
        for e in drawing.iter("line")
        if e.get("stroke-width") == "1.5" and e.get("x1") != e.get("x2")
    ]
    assert len(joins) == 1
    assert "Vitamin B12 9000 pg/mL, 3 June 2024, corrected since" in titles(drawing)


def test_an_extreme_value_leaves_the_others_readable() -> None:
    scale = value_scale(b12("150", "240599", "390", "520"), top=0, bottom=100)

    assert scale.beyond(240599) == 1
    assert scale.y(150) - scale.y(520) > 30


def test_an_extreme_value_keeps_its_words_in_sight() -> None:
    drawing = draw(b12("150", "240599", "390", "520"))

    assert "240599 pg/mL" in words(drawing)


def test_values_close_together_go_by_equal_steps() -> None:
    scale = value_scale(
        Series(name="Haemoglobin", unit="g/L", points=results("98", "104", "131")),
        top=0,
        bottom=100,
    )

    assert not scale.logarithmic
    assert scale.y(98) - scale.y(104) == pytest.approx(scale.y(104) - scale.y(110))


def test_a_value_of_zero_is_drawn_at_the_foot() -> None:
    scale = value_scale(b12("0", "500"), top=0, bottom=100)

    assert scale.y(0) == 100


@pytest.mark.parametrize(
    "written", [("90", "240599"), ("1",), ("0",), ("98", "131"), ("5", "5"), ("0.002", "0.003")]
)
def test_an_axis_has_one_to_five_numbers_within_its_ends(written: tuple[str, ...]) -> None:
    series = Series(name="T", unit="u", points=results(*written))

    scale = value_scale(series, top=0, bottom=100)

    assert 1 <= len(scale.ticks()) <= 5
    assert all(scale.low <= tick <= scale.high for tick in scale.ticks())


def test_the_target_is_hatched_and_named() -> None:
    drawing = draw(b12("150"))

    assert "target over 350" in words(drawing)
    hatched = [e for e in drawing.iter("rect") if e.get("fill") == "url(#trend-w-band)"]
    assert hatched
    assert drawing.find(".//pattern").get("id") == "trend-w-band"


def test_one_injection_is_one_tick_with_its_date() -> None:
    drawing = draw(b12("150"), injections=(date(2026, 1, 5), date(2026, 3, 2)))

    assert "Injection, 5 January 2026" in titles(drawing)
    assert "Injection, 2 March 2026" in titles(drawing)


def test_twenty_years_of_injections_are_all_drawn_and_named_together() -> None:
    days = tuple(date(2006, 1, 2) + timedelta(days=31 * number) for number in range(240))

    drawing = draw(b12("150"), injections=days)

    row = next(p for p in drawing.iter("path") if p.find("title") is not None)
    assert row.find("title").text == "240 injections, 2 January 2006 to 16 April 2026"
    assert row.get("d").count("M") == 240


def test_a_phase_is_named_with_its_dates() -> None:
    phases = (
        Phase(start=START, end=date(2024, 5, 1), words="Loading"),
        Phase(start=date(2024, 5, 1), end=None, words="Maintenance"),
    )

    drawing = draw(b12("150"), phases=phases)

    assert "Loading, 4 March 2024 to 1 May 2024" in titles(drawing)
    assert "Maintenance, 1 May 2024 until now" in titles(drawing)


def test_a_test_without_results_says_so() -> None:
    drawing = draw(b12(), b12("520"))

    assert "No results yet" in words(drawing)
    assert len(marks(drawing)) == 1


def test_a_single_result_is_drawn_with_its_value() -> None:
    drawing = draw(b12("520"))

    assert len(marks(drawing)) == 1
    assert "520 pg/mL" in words(drawing)


def test_everything_lies_within_the_drawing() -> None:
    days = tuple(START + timedelta(days=60 * number) for number in range(13))
    phases = (Phase(start=START, end=None, words="Maintenance"),)
    trend = Trend(
        title="T",
        today=TODAY,
        series=(b12("<90", "240599", ">2000"), b12()),
        injections=days,
        phases=phases,
    )
    for svg in draw_trend(trend).__dict__.values():
        drawing = ElementTree.fromstring(svg)
        width, height = (float(size) for size in drawing.get("viewBox").split()[2:])
        for element in drawing.iter():
            for name in ("x", "x1", "x2", "cx"):
                assert 0 <= float(element.get(name, 0)) <= width
            for name in ("y", "y1", "y2", "cy"):
                assert 0 <= float(element.get(name, 0)) <= height


def test_the_description_tells_the_last_result_of_each_test() -> None:
    drawing = draw(b12("150", "520"), injections=(START,))

    assert drawing.find("desc").text == (
        "Vitamin B12: 2 results, the last 520 pg/mL on 3 June 2024. 1 injection."
    )
    assert drawing.get("aria-labelledby") == "trend-w-title trend-w-about"
