"""What stands on a care plan, page by page."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pdfplumber
import pypdf
import pypdfium2
import pytest
from paper_plans import LOADING, LONGEST, TABLETS, USUAL

from regimens.paper import words
from regimens.paper.careplan import TooLong, render_care_plan
from regimens.paper.faces import MissingGlyph
from regimens.paper.plan import CarePlan, Labelled, NextTreatment

PLANS = [
    pytest.param(USUAL, id="usual"),
    pytest.param(TABLETS, id="tablets"),
    pytest.param(LOADING, id="loading"),
    pytest.param(LONGEST, id="longest"),
]


def pages_of(plan: CarePlan) -> list[str]:
    """The text of each page, line ends taken as spaces."""
    document = pypdfium2.PdfDocument(render_care_plan(plan))
    return [" ".join(p.get_textpage().get_text_bounded().split()) for p in document]


def text_of(plan: CarePlan) -> str:
    return " ".join(pages_of(plan))


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_has_one_or_two_pages(plan: CarePlan, size: str) -> None:
    assert len(pages_of(replace(plan, page_size=size))) in (1, 2)


@pytest.mark.parametrize("plan", PLANS)
def test_each_page_says_whose_it_is_of_when_and_which_of_how_many(plan: CarePlan) -> None:
    pages = pages_of(plan)

    for number, page in enumerate(pages, 1):
        assert plan.patient_name in page
        assert "Born 3 March 1951 (75 years)" in page
        assert all(f"{i.label} {i.value}" in page for i in plan.identifiers)
        assert "Valid as of 25 November 2026 \u00b7 Plan code 7KQ4-M2XD" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize(
    "heading",
    [
        words.NEXT_INJECTION,
        words.WHY,
        words.TREATMENT,
        words.BLOODS,
        words.RESULTS,
        words.SITES,
        words.FOLIC,
        "When to ring the clinic: 01632 960 111",
        words.CONTACTS,
        words.NOTES,
    ],
)
def test_an_injection_plan_has_every_section(heading: str) -> None:
    assert heading in text_of(USUAL)


def test_the_next_injection_and_the_four_after_it_are_dated() -> None:
    first_page = pages_of(USUAL)[0]

    assert "Your next injection 25 December 2026" in first_page
    assert (
        "And after that 25 March 2027 25 June 2027 25 September 2027 25 December 2027" in first_page
    )


def test_the_treatment_is_for_life_and_a_normal_result_no_reason_to_stop() -> None:
    printed = text_of(USUAL)

    assert USUAL.treatment[0] in printed
    assert "For life. A normal blood result is no reason to stop." in printed


def test_a_treatment_not_for_life_does_not_say_so() -> None:
    printed = text_of(TABLETS)

    assert "For life" not in printed
    assert "Do not stop by yourself. A normal blood result is no reason to stop." in printed


def test_next_bloods_say_when_and_what_is_measured() -> None:
    assert "16 September 2027 Vitamin B12, blood count (haemoglobin, MCV), homocysteine" in (
        text_of(USUAL)
    )


def test_targets_stand_beside_last_results_and_their_dates() -> None:
    printed = text_of(USUAL)

    assert "Homocysteine below 10 \u00b5mol/L 8.7 \u00b5mol/L 18 September 2026" in printed
    assert "Methylmalonic acid (MMA) below 271 nmol/L None yet" in printed


def test_the_chart_labels_its_values_and_says_that_a_limit_is_a_limit() -> None:
    printed = text_of(USUAL)

    for label in ("Vitamin B12, ng/L", "<150", "412", "388", "467", words.CHART_LIMIT):
        assert label in printed


def test_a_plan_without_dates_says_what_happens_instead() -> None:
    first_page = pages_of(TABLETS)[0]

    assert "Your tablets Take one tablet every day. No injection is due" in first_page
    assert words.AFTER_THAT not in first_page


def test_a_plan_without_date_or_explanation_says_that_there_is_no_date() -> None:
    plan = replace(USUAL, next_treatment=NextTreatment(next=None))

    assert "Your next injection No date yet" in text_of(plan)


def test_loading_has_its_next_date_and_how_long_it_goes_on() -> None:
    assert (
        "27 November 2026 Then every other day until your doctor sees no further improvement."
        in text_of(LOADING)
    )


@pytest.mark.parametrize("words_about_injections", [words.SITES, words.HARMLESS, words.IF_MISSED])
def test_a_tablet_plan_leaves_out_what_is_about_injections(words_about_injections: str) -> None:
    assert words_about_injections in text_of(USUAL)
    assert words_about_injections not in text_of(TABLETS)


def test_folic_acid_that_a_patient_takes_is_named_under_the_warning() -> None:
    assert f"{words.FOLIC_WARNING} You take folic acid 5 mg a day." in text_of(TABLETS)


@pytest.mark.parametrize("claim", ["HR 2.0", "50 %", "50%", "[1]"])
def test_claims_that_are_never_printed_are_not(claim: str) -> None:
    assert claim not in text_of(USUAL)


@pytest.mark.parametrize(("size", "points"), [("A4", (595.28, 841.89)), ("Letter", (612, 792))])
def test_the_paper_is_the_clinics(size: str, points: tuple[float, float]) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(render_care_plan(replace(USUAL, page_size=size))))

    boxes = [(float(p.mediabox.width), float(p.mediabox.height)) for p in pdf.pages]
    assert boxes == [pytest.approx(points, abs=0.01)] * len(pdf.pages)


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("plan", PLANS)
def test_nothing_is_printed_over_the_edge_of_the_paper_or_over_the_foot(
    plan: CarePlan, size: str
) -> None:
    pdf = pdfplumber.open(io.BytesIO(render_care_plan(replace(plan, page_size=size))))

    for page in pdf.pages:
        foot = min(c["top"] for c in page.search("Valid as of")[0]["chars"])
        assert min(c["x0"] for c in page.chars) > 40
        assert max(c["x1"] for c in page.chars) < page.width - 40
        assert min(c["top"] for c in page.chars) > 20
        above = [c for c in page.chars if c["top"] < foot - 1]
        assert max(c["bottom"] for c in above) < foot


def test_the_file_tells_title_clinic_and_language_and_not_the_patient() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(render_care_plan(USUAL)))

    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("B12 care plan", "Riverside Clinic")
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert not any("Neill" in str(value) for value in pdf.metadata.values())


def test_every_font_is_embedded() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(render_care_plan(replace(USUAL, patient_name="\u738b Lee"))))

    fonts = [f.get_object() for p in pdf.pages for f in p["/Resources"]["/Font"].values()]
    used = [font for font in fonts if font["/Subtype"] == "/TrueType"]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_same_plan_gives_the_same_bytes_whatever_was_printed_between() -> None:
    first = render_care_plan(USUAL)
    render_care_plan(
        replace(USUAL, patient_name="\u0915\u094d\u0937\u0924\u094d\u0930\u093f\u092f")
    )

    assert render_care_plan(USUAL) == first


def test_plans_printed_at_once_are_those_printed_one_by_one() -> None:
    names = [
        "\u0915\u094d\u0937\u0924\u094d\u0930",
        "\u0645\u062d\u0645\u062f",
        "\u738b\u5c0f\u660e",
        "Ann Lee",
    ] * 3
    plans = [replace(USUAL, patient_name=name) for name in names]

    with ThreadPoolExecutor(max_workers=6) as threads:
        at_once = list(threads.map(render_care_plan, plans))

    assert at_once == [render_care_plan(plan) for plan in plans]


def test_another_plan_gives_other_bytes() -> None:
    assert render_care_plan(replace(USUAL, phase="Loading")) != render_care_plan(USUAL)


@pytest.mark.parametrize("name", ["<b>Ann</b> & Co", "A&amp;B", "<font color=red>", "{name} %s"])
def test_markup_in_a_name_is_printed_as_typed(name: str) -> None:
    assert name in pages_of(replace(USUAL, patient_name=name))[0]


WITH_EMOJI: list[Callable[[str], CarePlan]] = [
    lambda value: replace(USUAL, patient_name=value),
    lambda value: replace(USUAL, notes=value),
    lambda value: replace(USUAL, cause=value),
    lambda value: replace(USUAL, identifiers=(Labelled("Number", value),)),
    lambda value: replace(USUAL, contacts=(Labelled("Nurse", value),)),
    lambda value: replace(USUAL, clinic=replace(USUAL.clinic, name=value)),
    lambda value: replace(USUAL, plan_code=value),
]


@pytest.mark.parametrize("plan_with", WITH_EMOJI)
def test_an_emoji_anywhere_stops_the_plan(plan_with: Callable[[str], CarePlan]) -> None:
    with pytest.raises(MissingGlyph):
        render_care_plan(plan_with("Ann \U0001f600"))


def test_notes_keep_their_lines() -> None:
    pdf = pypdfium2.PdfDocument(render_care_plan(replace(USUAL, notes="First.\n\nSecond.")))
    lines = pdf[len(pdf) - 1].get_textpage().get_text_bounded().splitlines()

    assert lines.index("Second.") == lines.index("First.") + 1


def test_notes_too_long_for_two_pages_are_cut_and_the_plan_says_so() -> None:
    plan = replace(USUAL, notes="Check the feet at each visit. " * 340)

    printed = text_of(plan)

    assert printed.count("Check the feet at each visit.") > 20
    assert words.NOTES_CUT in printed


def test_notes_that_fit_are_whole() -> None:
    plan = replace(USUAL, notes="Check the feet at each visit. " * 20)

    printed = text_of(plan)

    assert printed.count("Check the feet at each visit.") == 20
    assert words.NOTES_CUT not in printed


def test_a_note_of_one_endless_word_is_broken_into_lines() -> None:
    assert len(pages_of(replace(USUAL, notes="x" * 10_000))) == 2


def test_a_plan_that_cannot_fit_two_pages_is_refused() -> None:
    with pytest.raises(TooLong):
        render_care_plan(replace(USUAL, treatment=USUAL.treatment * 200))


def test_a_long_arabic_name_goes_on_to_the_left_on_its_next_line() -> None:
    first, last = (
        "\u0639\u0628\u062f\u0627\u0644\u0631\u062d\u0645\u0646",
        "\u0627\u0644\u0647\u0627\u0634\u0645\u064a",
    )
    name = " ".join([first, *["\u0645\u062d\u0645\u062f"] * 30, last])

    page = pages_of(replace(USUAL, patient_name=name))[0]

    assert page.index(first) < page.index(last)
