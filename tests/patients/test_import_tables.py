"""Tables from elsewhere: read as they are, refused by row and column, never half taken in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from b12tracker.clinics.models import Clinic, User
from patients.exchange.csv_import import People, read_people
from patients.exchange.nhanes import NHANES
from patients.exchange.table import Unreadable, open_table
from patients.models import LabResult, Patient, PatientIdentifier
from patients.signals import facts_changed
from regimens.models import Status

HEADER = "seqn,exam,days_after_first_exam,age_y,sex,b12_pg_ml,b12_pmol_l,mma_nmol_l,hcy_umol_l"
TWO_PEOPLE = [
    HEADER,
    "10,1,0,77,F,150.0,110.70,300,12.5",
    "10,2,30,77,F,400.0,295.20,,9.1",
    "11,1,0,,,500.0,369.00,<35,7",
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Where each test writes its file."""
    return tmp_path / "labs.csv"


def read(path: Path, *lines: str, encoding: str = "utf-8", end: str = "\n") -> People:
    path.write_bytes(end.join(lines).encode(encoding))
    return read_people(open_table(path), NHANES)


def faults(path: Path, *rows: str) -> list[str]:
    return [str(fault) for fault in read(path, HEADER, *rows).faults]


def test_each_row_is_a_sample_of_its_person(table: Path) -> None:
    people = read(table, *TWO_PEOPLE).people

    assert [(p.number, p.age, p.sex, len(p.samples)) for p in people.values()] == [
        ("10", 77, "female", 2),
        ("11", None, "unknown", 1),
    ]


def test_a_reading_keeps_its_digits_comparator_and_unit(table: Path) -> None:
    readings = read(table, *TWO_PEOPLE).people["11"].samples["1"].readings

    assert [(r.column.unit, r.comparator, r.value) for r in readings] == [
        ("pg/mL", "", Decimal("500.0")),
        ("pmol/L", "", Decimal("369.00")),
        ("nmol/L", "<", Decimal("35")),
        ("umol/L", "", Decimal("7")),
    ]


def test_a_value_at_the_limit_of_detection_lies_below_it(table: Path) -> None:
    found = read(table, HEADER + ",mma_below_lod", "10,1,0,50,F,,,34.3,,1").people["10"]

    assert found.samples["1"].readings[0].comparator == "<"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_and_line_ends_do_not_matter(table: Path, encoding: str, end: str) -> None:
    found = read(table, *TWO_PEOPLE, encoding=encoding, end=end)

    assert not found.faults
    assert list(found.people) == ["10", "11"]


def test_semicolons_are_seen(table: Path) -> None:
    assert list(read(table, *(line.replace(",", ";") for line in TWO_PEOPLE)).people) == [
        "10",
        "11",
    ]


def test_latin_1_is_read_and_named(table: Path) -> None:
    table.write_bytes((HEADER + ",Bemerkung für uns\n10,1,0,77,F,150,,,,é\n").encode("latin-1"))

    opened = open_table(table)

    assert opened.encoding == "Latin-1"
    assert opened.columns[-1] == "Bemerkung für uns"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "10,1,0,77,F,150,,,'1,200'".replace("'", '"'),
            "row 2, hcy_umol_l: '1,200' has a comma: write it without one, with a point for "
            "decimals",
        ),
        ("10,1,0,77,F,abc,,,", "row 2, b12_pg_ml: 'abc' is not a number"),
        ("10,1,0,77,F,-3,,,", "row 2, b12_pg_ml: '-3' is below zero"),
        ("10,1,0,77,F,1.1234567,,,", "row 2, b12_pg_ml: '1.1234567' has more than 5 decimals"),
        (
            "10,1,0,77,F,1234567890,,,",
            "row 2, b12_pg_ml: '1234567890' is too large to be a result",
        ),
        ("10,1,0,77,X,150,,,", "row 2, sex: 'X' is none of 'F', 'M'"),
        ("10,1,0,130,F,150,,,", "row 2, age_y: '130' is not a whole number from 0 to 120"),
        ("10,1,soon,77,F,150,,,", "row 2, days_after_first_exam: 'soon' is not a whole number"),
        (",1,0,77,F,150,,,", "row 2, seqn: '' is not a person's number (1 to 30 characters)"),
        ("10,1,0,77,F", "row 2: has 5 cells where the first row names 9"),
    ],
)
def test_what_cannot_be_read_is_named_by_row_and_column(table: Path, row: str, says: str) -> None:
    found = faults(table, row)

    assert len(found) == 1
    assert found[0].startswith(says)


def test_the_same_sample_twice_is_a_fault(table: Path) -> None:
    row = "10,1,0,77,F,150,,,"

    assert faults(table, row, row) == ["row 3, exam: '10' has sample '1' in an earlier row"]


def test_empty_rows_are_nothing(table: Path) -> None:
    assert faults(table, "", "10,1,0,77,F,150,,,", ",,,,,,,,") == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("seqn,exam,seqn\n", "'seqn' is there twice"),
        ("name,value\nJanet,3\n", "names no column 'seqn', 'exam'"),
        ("seqn,exam,days_after_first_exam,age_y,sex\n", "none of the columns of results"),
        ("PK\0\0", "not a text file"),
    ],
)
def test_a_file_that_is_no_such_table_says_why(table: Path, content: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(table, content)


# --- into the clinic ---------------------------------------------------------------


def run(path: Path, *options: str) -> None:
    call_command(
        "import_labs", str(path), "--clinic", "Riverside", "--by", "nurse", *options,
        skip_checks=True,
    )  # fmt: skip


@pytest.mark.usefixtures("nurse")
def test_people_and_results_are_taken_in(
    table: Path, riverside: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    read(table, *TWO_PEOPLE)

    run(table, "--collected", "2026-03-01")

    woman = Patient.objects.get(given_names="10")
    assert (woman.family_name, woman.sex, woman.clinic) == ("Participant", "female", riverside)
    assert woman.birth_date == date(1948, 9, 1)
    assert PatientIdentifier.objects.get(patient=woman).value == "NHANES-10"
    assert list(
        LabResult.objects.filter(patient=woman, analyte="b12")
        .order_by("collected_on", "unit")
        .values_list("collected_on", "value", "unit")
    ) == [
        (date(2026, 3, 1), Decimal("150"), "pg/mL"),
        (date(2026, 3, 1), Decimal("110.7"), "pmol/L"),
        (date(2026, 3, 31), Decimal("400"), "pg/mL"),
        (date(2026, 3, 31), Decimal("295.2"), "pmol/L"),
    ]
    assert "Taken in: 2 patients, 11 results" in capsys.readouterr().out


@pytest.mark.usefixtures("nurse")
def test_everybody_taken_in_is_assessed_and_the_bell_rings_once(table: Path) -> None:
    rung: list[int] = []

    def listen(patient_ids: list[object], **kwargs: object) -> None:
        rung.append(len(patient_ids))

    facts_changed.connect(listen)
    read(table, *TWO_PEOPLE)

    run(table)

    facts_changed.disconnect(listen)
    assert rung == [2]
    assert Status.objects.count() == 2


@pytest.mark.usefixtures("nurse")
def test_history_says_who_took_a_result_in_and_how(table: Path) -> None:
    read(table, *TWO_PEOPLE)

    run(table)

    result = LabResult.objects.order_by("pk")[0]
    assert result.recorded_by.username == "nurse"
    (event,) = result.history.all()  # type: ignore[attr-defined]
    assert event.pgh_context == {"user": "nurse", "action": "results.import"}


@pytest.mark.usefixtures("nurse")
def test_a_second_time_adds_nothing(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(table, *TWO_PEOPLE)
    run(table)

    run(table, "--collected", "2020-01-01")

    assert (Patient.objects.count(), LabResult.objects.count()) == (2, 11)
    assert "0 patients, 0 results; 2 patients and 11 results were there already" in (
        capsys.readouterr().out
    )


@pytest.mark.usefixtures("nurse")
def test_new_rows_of_known_people_are_added(table: Path) -> None:
    read(table, *TWO_PEOPLE[:2])
    run(table)
    before = Patient.objects.get().version
    read(table, *TWO_PEOPLE)

    run(table)

    woman = Patient.objects.get(given_names="10")
    assert woman.labresult_set.count() == 7
    assert woman.version == before + 1


@pytest.mark.usefixtures("nurse")
def test_a_dry_run_writes_nothing(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(table, *TWO_PEOPLE)

    run(table, "--dry-run")

    assert "Would take in: 2 patients, 11 results" in capsys.readouterr().out
    assert not Patient.objects.exists()


@pytest.mark.usefixtures("nurse")
def test_one_fault_refuses_the_whole_table(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(table, *TWO_PEOPLE, "12,1,0,50,F,many,,,")

    with pytest.raises(CommandError, match="1 fault; nothing was taken in"):
        run(table)

    assert "row 5, b12_pg_ml: 'many' is not a number" in capsys.readouterr().err
    assert not Patient.objects.exists()


@pytest.mark.usefixtures("nurse")
def test_somebody_without_an_age_gets_a_birth_date_that_nobody_believes(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read(table, *TWO_PEOPLE)

    run(table)

    young = Patient.objects.get(given_names="11")
    assert young.birth_date == date(1900, 1, 1)
    assert "stand-in" in PatientIdentifier.objects.get(patient=young).note
    assert "People without an age in the table: 1." in capsys.readouterr().err


@pytest.mark.usefixtures("nurse")
def test_samples_of_the_future_are_refused(table: Path) -> None:
    read(table, *TWO_PEOPLE)

    with pytest.raises(CommandError, match="in the future"):
        run(table, "--collected", "2199-01-01")


@pytest.mark.usefixtures("riverside", "nurse2", "db")
def test_somebody_of_another_clinic_may_not(table: Path) -> None:
    read(table, *TWO_PEOPLE)

    with pytest.raises(CommandError, match="Only a nurse or prescriber or manager of Riverside"):
        call_command(
            "import_labs", str(table), "--clinic", "Riverside", "--by", "nurse2", skip_checks=True
        )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--clinic", "Nowhere", "--by", "nurse"], "no clinic 'Nowhere'; there are: Riverside"),
        (["--clinic", "Riverside", "--by", "nobody"], "no user 'nobody'"),
    ],
)
def test_an_unknown_clinic_or_user_is_named(
    table: Path, nurse: User, options: list[str], says: str
) -> None:
    read(table, *TWO_PEOPLE)

    with pytest.raises(CommandError, match=says):
        call_command("import_labs", str(table), *options, skip_checks=True)


@pytest.mark.usefixtures("nurse")
def test_a_file_that_is_not_there_is_named(table: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(table)
