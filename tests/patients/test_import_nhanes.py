"""The open NHANES table taken in whole: flags are as many as the file itself says.

The counts come from SQL over the bare file, by the wording of the rules, and
know nothing of the engine. By default a fixed share of the people is taken
in; `B12_WHOLE_TABLE=1` takes all 21,703 rows.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from people import make_clinic, make_user
from pytest_django import DjangoDbBlocker

from b12tracker.clinics.models import Clinic
from patients.models import LabResult
from regimens.models import Status

SHARED = Path(os.environ.get("B12_SHARED") or Path(__file__).parents[3] / "shared")
TABLE = SHARED / "data" / "nhanes" / "nhanes_b12_open.csv"
WHOLE = os.environ.get("B12_WHOLE_TABLE") == "1"
SHARE = 20  # one person in so many

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not TABLE.exists(), reason="the NHANES table is not here; B12_SHARED says where it lies"
    ),
]

NUMBERS = ("b12_pg_ml", "b12_pmol_l", "mma_nmol_l", "hcy_umol_l", "egfr_ckdepi2021")
# Of every measurement the person's newest; all of a person's samples lie within
# two months, so the newest eGFR is the one beside each.
COUNTS = """
WITH b12 AS (
    SELECT DISTINCT ON (seqn) seqn, (b12_pg_ml < 180 OR b12_pmol_l < 133) AS deficient
    FROM nhanes WHERE b12_pg_ml IS NOT NULL OR b12_pmol_l IS NOT NULL
    ORDER BY seqn, day DESC
), mma AS (
    SELECT DISTINCT ON (seqn) seqn, mma_nmol_l >= 271 AS high
    FROM nhanes WHERE mma_nmol_l IS NOT NULL ORDER BY seqn, day DESC
), hcy AS (
    SELECT DISTINCT ON (seqn) seqn, hcy_umol_l >= 10 AS high
    FROM nhanes WHERE hcy_umol_l IS NOT NULL ORDER BY seqn, day DESC
), egfr AS (
    SELECT DISTINCT ON (seqn) seqn, egfr_ckdepi2021 >= 60 AS good
    FROM nhanes WHERE egfr_ckdepi2021 IS NOT NULL ORDER BY seqn, day DESC
)
SELECT
    count(*) FILTER (WHERE b12.deficient),
    count(*) FILTER (WHERE NOT b12.deficient AND mma.high AND egfr.good),
    count(*) FILTER (WHERE mma.high AND egfr.good IS NOT TRUE),
    count(*) FILTER (WHERE hcy.high AND egfr.good IS NOT FALSE),
    count(*)
FROM (SELECT DISTINCT seqn FROM nhanes) AS person
LEFT JOIN b12 USING (seqn) LEFT JOIN mma USING (seqn)
LEFT JOIN hcy USING (seqn) LEFT JOIN egfr USING (seqn)
"""
FLAGS = (
    "b12-deficient",
    "functional-deficiency",
    "mma-high-renal-caveat",
    "homocysteine-not-at-target",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table, or a fixed share of its people with all their rows."""
    if WHOLE:
        return TABLE
    header, *rows = TABLE.read_text().splitlines(keepends=True)
    path = tmp_path_factory.mktemp("nhanes") / "share.csv"
    chosen = [row for row in rows if int(row.partition(",")[0]) % SHARE == 0]
    path.write_text("".join([header, *chosen]))
    return path


@pytest.fixture(scope="module")
def clinic(
    file: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Clinic]:
    """A clinic that has taken the file in, and the same file in a bare table."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_clinic("Riverside")
        make_user("nurse", made, "nurse")
        call_command(
            "import_labs", str(file), "--clinic", "Riverside", "--by", "nurse", skip_checks=True
        )
        _bare_table(file)
        yield made
        transaction.set_rollback(True)


def _bare_table(path: Path) -> None:
    columns = ", ".join(f"{name} numeric" for name in NUMBERS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE nhanes (seqn int, day int, {columns}) ON COMMIT DROP")
        with (
            path.open(newline="") as lines,
            cursor.copy(f"COPY nhanes (seqn, day, {', '.join(NUMBERS)}) FROM STDIN") as copy,
        ):
            for row in csv.DictReader(lines):
                wanted = [row["seqn"], row["days_after_first_exam"], *(row[n] for n in NUMBERS)]
                copy.write_row([cell or None for cell in wanted])


def counted_from_the_file() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return dict(zip((*FLAGS, "people"), cursor.fetchone(), strict=True))


def test_everybody_in_the_file_is_assessed(clinic: Clinic) -> None:
    assert Status.objects.filter(clinic=clinic).count() == counted_from_the_file()["people"]


@pytest.mark.parametrize("flag", FLAGS)
def test_as_many_people_have_the_flag_as_the_file_says(clinic: Clinic, flag: str) -> None:
    expected = counted_from_the_file()[flag]

    assert Status.objects.filter(clinic=clinic, flags__contains=[flag]).count() == expected
    assert expected > 0


def test_every_number_of_the_file_became_a_result(clinic: Clinic) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(num_nonnulls({})) FROM nhanes".format(", ".join(NUMBERS)))
        expected = cursor.fetchone()[0]

    kinds = ["b12", "mma", "homocysteine", "egfr"]
    assert LabResult.objects.filter(patient__clinic=clinic, analyte__in=kinds).count() == expected
