"""Fixed plans for the tests of printed pages."""

from dataclasses import replace
from datetime import date

from regimens.paper.plan import (
    BloodTest,
    CarePlan,
    Chart,
    ChartPoint,
    Clinic,
    DueDate,
    Labelled,
    NextTreatment,
    TargetRow,
)

INJECTIONS = (
    date(2025, 9, 16),
    date(2025, 9, 18),
    date(2025, 9, 20),
    date(2025, 9, 23),
    date(2025, 9, 25),
    date(2025, 9, 27),
    date(2025, 12, 27),
    date(2026, 3, 27),
    date(2026, 6, 26),
    date(2026, 9, 25),
)

CHART = Chart(
    title="Vitamin B12",
    unit="ng/L",
    points=(
        ChartPoint(date(2025, 9, 10), 150, "<"),
        ChartPoint(date(2025, 12, 20), 412),
        ChartPoint(date(2026, 3, 20), 388),
        ChartPoint(date(2026, 9, 18), 467),
    ),
    band=(350, None),
    band_words="shaded: in range, above 350 ng/L",
    injections=INJECTIONS,
)

USUAL = CarePlan(
    page_size="A4",
    valid_as_of=date(2026, 11, 25),
    clinic=Clinic("Riverside Clinic", "01632 960 111", "4 Mill Lane, Riverside, RV1 2AB"),
    patient_name="Margaret O'Neill",
    birth_date=date(1951, 3, 3),
    age_words="75 years",
    identifiers=(Labelled("NHS number", "943 476 5919"), Labelled("Clinic number", "RV-00412")),
    cause="Pernicious anaemia",
    why_treated=(
        "Your body cannot take up enough vitamin B12 from food. Without treatment this harms "
        "the blood and the nerves."
    ),
    treatment=("Hydroxocobalamin 1 mg (1000 micrograms) into a muscle, every 3 months, for life.",),
    phase="Maintenance",
    route="injection",
    for_life=True,
    next_treatment=NextTreatment(
        next=DueDate(date(2026, 12, 25)),
        following=(
            DueDate(date(2027, 3, 25)),
            DueDate(date(2027, 6, 25)),
            DueDate(date(2027, 9, 25)),
            DueDate(date(2027, 12, 25)),
        ),
    ),
    next_bloods=(
        BloodTest(date(2027, 9, 16), "Vitamin B12, blood count (haemoglobin, MCV), homocysteine"),
        BloodTest(date(2028, 9, 16), "Vitamin B12, blood count (haemoglobin, MCV), homocysteine"),
    ),
    targets=(
        TargetRow("Vitamin B12", "above 350 ng/L", "467 ng/L", date(2026, 9, 18)),
        TargetRow("Homocysteine", "below 10 \u00b5mol/L", "8.7 \u00b5mol/L", date(2026, 9, 18)),
        TargetRow("Methylmalonic acid (MMA)", "below 271 nmol/L"),
        TargetRow("Haemoglobin", "120 g/L or more", "131 g/L", date(2026, 9, 18)),
    ),
    chart=CHART,
    contacts=(Labelled("Out of hours", "01632 960 999"),),
    notes="Prefers the left arm.",
    plan_code="7KQ4-M2XD",
)

TABLETS = replace(
    USUAL,
    page_size="Letter",
    route="tablets",
    for_life=False,
    cause="Low intake (diet)",
    treatment=("Cyanocobalamin 1000 micrograms by mouth, every day.",),
    phase="Tablets",
    next_treatment=NextTreatment(
        None, (), "Take one tablet every day. No injection is due while you take tablets."
    ),
    next_bloods=(),
    chart=None,
    folic_acid="You take folic acid 5 mg a day.",
    notes="",
)

LOADING = replace(
    USUAL,
    cause="",
    phase="First weeks (loading)",
    next_treatment=NextTreatment(
        DueDate(date(2026, 11, 27)),
        (),
        "Then every other day until your doctor sees no further improvement.",
    ),
    chart=replace(
        CHART, points=(ChartPoint(date(2026, 11, 20), 96),), injections=(date(2026, 11, 25),)
    ),
)

LONGEST = replace(
    USUAL,
    patient_name="Wilhelmina Alexandra Konstantinopolitanskaya-Featherstonehaugh "
    "de la Santisima Trinidad y Mendizabal von Hohenzollern-Sigmaringen",
    identifiers=tuple(Labelled(f"Hospital number {n}", f"HX-2026-00{n}41-77") for n in range(6)),
    cause="Removal of 45 cm of the last part of the small bowel (terminal ileum), 12 May 2019",
    why_treated=" ".join([USUAL.why_treated] * 3),
    treatment=USUAL.treatment * 4,
    next_treatment=replace(
        USUAL.next_treatment,
        next=DueDate(date(2026, 9, 23), "from 9 September, and as soon as you can"),
        following=tuple(
            DueDate(date(2027, month, 23), "or up to 14 days before") for month in (1, 3, 5, 9)
        ),
        explanation="This date has passed. Please ring us today to book your injection.",
    ),
    next_bloods=tuple(
        BloodTest(
            date(2027, month, 16),
            "Vitamin B12, blood count (haemoglobin, MCV), homocysteine and methylmalonic acid "
            "(MMA), because your B12 is borderline",
        )
        for month in (2, 5, 8, 11)
    ),
    targets=USUAL.targets * 2,
    chart=replace(
        CHART,
        points=tuple(
            ChartPoint(
                date(2019 + n // 4, 1 + 3 * (n % 4), 10), round(90 * 1.17**n), "" if n else "<"
            )
            for n in range(30)
        ),
        injections=tuple(date(2019 + n // 6, 1 + 2 * (n % 6), 12) for n in range(46)),
    ),
    folic_acid="You take folic acid 5 mg a day, ordered by us on 3 March 2026 together with B12.",
    contacts=tuple(Labelled(f"Contact {n}", f"01632 960 1{n}0, weekdays 9 to 5") for n in range(5)),
    notes="Ask about numbness in both feet at every visit.\n" * 208,
)
