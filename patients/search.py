"""Find patients of one clinic by name, number or birth date, typed into one box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, Case, F, Func, Prefetch, Q, QuerySet, Value, When

from b12tracker.clinics.models import Clinic
from patients.models import Patient, PatientIdentifier
from patients.models.patient import SearchKey

MOST = 25
# One wrong letter in a name of five, or two swapped in one of eight, leaves a third of the
# trigrams of both spellings in common.
ALIKE = 0.3
SHORT = 3
DAY_PATTERNS = (
    (r"\d{4}-\d{1,2}-\d{1,2}", ("%Y-%m-%d",)),
    (r"\d{1,2}[./-]\d{1,2}[./-]\d{4}", ("%d/%m/%Y",)),
    (r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", ("%d/%m/%y",)),
    (r"\d{1,2} [A-Za-z]{3,9} \d{4}", ("%d %B %Y", "%d %b %Y")),
    (r"\d{8}", ("%d%m%Y",)),
)


@dataclass(frozen=True)
class Search:
    """What was typed, taken apart: a day of birth (or two, a century apart), and names."""

    text: str
    birth_dates: tuple[date, ...]
    words: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The text as an identifier might be kept."""
        upper = self.text.upper()
        return tuple({upper, re.sub(r"[\s-]", "", upper)})


def parse_search(text: str) -> Search:
    """Take a search apart; a NUL, which no name can hold, is left out."""
    text = " ".join(text.replace("\0", "").split())
    for pattern, formats in DAY_PATTERNS:
        found = re.search(rf"(?<!\S){pattern}(?!\S)", text)
        if found and (days := _days(found[0], formats)):
            rest = text[: found.start()] + text[found.end() :]
            return Search(text, days, _words(rest))
    return Search(text, (), _words(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[,;]", " ", text).split())


def _days(text: str, formats: Iterable[str]) -> tuple[date, ...]:
    plain = text if text[:4].isdigit() else re.sub(r"[.-]", "/", text)
    for form in formats:
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
        if form.endswith("%y"):
            return _either_century(day)
        return (day,)
    return ()


def _either_century(day: date) -> tuple[date, ...]:
    """Two digits of a year may mean either; somebody born on the day decides."""
    other = day.year - 100 if day.year >= 2000 else day.year + 100
    try:
        return (day, day.replace(year=other))
    except ValueError:  # 29 February
        return (day,)


def find_patients(clinic: Clinic, text: str) -> list[Patient]:
    """The patients who fit, an exact number first, then the most alike; at most `MOST`.

    Every word must fit a part of the name, with accents and case aside and
    typing errors forgiven. Each patient carries `numbers`, the standing
    identifiers. Three queries and a setting of the search, however many fit.
    """
    search = parse_search(text)
    if not search.text:
        return []
    with alike():
        return list(_found(clinic, search)[:MOST])


@contextmanager
def alike() -> Iterator[None]:
    """A transaction in which names are as alike as `ALIKE` asks."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)]
        )
        yield


def _found(clinic: Clinic, search: Search) -> QuerySet[Patient]:
    # as a list: beside a subquery the names' index would not be used
    by_number = Q(pk__in=list(holders(clinic, search.numbers)))
    by_name = Q(birth_date__in=search.birth_dates) if search.birth_dates else Q()
    for word in search.words:
        by_name &= word_fits(word)
    if not by_name:
        by_name = Q(pk__in=[])
    whole = SearchKey(Value(" ".join(search.words)))
    return (
        Patient.objects.filter(by_number | by_name, clinic=clinic)
        .annotate(
            exact=Case(When(by_number, then=1), default=0),
            near=TrigramWordSimilarity(whole, "search_key")  # type: ignore[arg-type]
            + TrigramSimilarity("search_key", whole),  # type: ignore[arg-type]
        )
        .select_related("standing")
        .prefetch_related(standing_numbers())
        .order_by("-exact", "-near", F("search_key"), "id")
    )


def word_fits(word: str) -> Q:
    """Part of the name is this word, or nearly; a short one must begin a part of it."""
    plain = re.sub(r"([\\%_])", r"\\\1", word)
    if len(word) < SHORT:
        return _like(f"{plain}%") | _like(f"% {plain}%")
    return _like(f"%{plain}%") | Q(search_key__trigram_word_similar=SearchKey(Value(word)))


def _like(pattern: str) -> Q:
    """Whether the name is like a pattern.

    Django's own lookups cast the column, and a column that was cast has
    another collation than the names' index.
    """
    return Q(
        Func(
            F("search_key"),
            SearchKey(Value(pattern)),
            template="%(expressions)s",
            arg_joiner=" LIKE ",
            output_field=BooleanField(),
        )
    )


def holders(clinic: Clinic, numbers: Iterable[str]) -> QuerySet[PatientIdentifier, UUID]:
    """Who has one of these numbers now."""
    return (
        PatientIdentifier.objects.standing()
        .filter(clinic=clinic, value__in=list(numbers))
        .values_list("patient_id", flat=True)
    )


def standing_numbers() -> Prefetch[str]:
    """The identifiers of each patient of a list, as `numbers`, the national one first."""
    systems = PatientIdentifier.System.values
    place = Case(*(When(system=system, then=n) for n, system in enumerate(systems)))
    return Prefetch(
        "patientidentifier_set",
        queryset=PatientIdentifier.objects.standing().order_by(place, "pk"),
        to_attr="numbers",
    )
