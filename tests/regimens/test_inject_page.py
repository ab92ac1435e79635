"""The page that logs an injection: what it starts with, foretells, keeps and refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from inject_forms import address, given_today, in_maintenance, typed
from people import NOW, TODAY
from time_machine import Traveller

from b12tracker.clinics.models import User
from patients.actions.facts import record_allergy
from patients.models import Injection, Patient

SignIn = Callable[[User], Client]


@pytest.fixture
def treated(janet: Patient, prescriber: User, nurse: User) -> Patient:
    """Janet in maintenance, her last dose in the left arm on 16 January."""
    return in_maintenance(janet, prescriber, nurse)


def test_the_page_starts_with_the_order_the_lot_and_the_other_side(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Act
    response = client_as(nurse).get(address(treated))

    # Assert
    form = response.context["form"]
    assert form.initial["drug"] == "hydroxocobalamin"
    assert (form.initial["lot"], form.initial["expiry"]) == ("H26A", date(2027, 1, 31))
    assert form.initial["site"] == "deltoid-right"
    assert response.context["sites"][0] == (date(2026, 1, 16), "Left upper arm (deltoid)")
    assert "16 Jan 2026" in response.text


def test_an_expired_lot_is_not_offered(
    client_as: SignIn, nurse: User, treated: Patient, at_now: Traveller
) -> None:
    at_now.move_to(NOW.replace(year=2027, month=2))

    response = client_as(nurse).get(address(treated))

    assert response.context["form"].initial["lot"] == ""


def test_the_next_date_is_said_before_saving(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    response = client_as(nurse).get(address(treated))

    assert "Next dose due 25 August 2026" in response.text


def test_another_date_foretells_another_next_date(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Act
    response = client_as(nurse).post(
        address(treated, "injection-preview"), typed(treated, given_on="2026-05-20")
    )

    # Assert
    assert "Next dose due 20 August 2026" in response.text
    assert given_today() == 0


def test_a_preview_of_what_is_half_typed_is_no_error(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    response = client_as(nurse).post(address(treated, "injection-preview"), {"given_on": "2026-"})

    assert response.status_code == 200
    assert "to see the next date" in response.text


def test_saving_confirms_the_next_date_in_words(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    response = client_as(nurse).post(address(treated), typed(treated), follow=True)

    assert "Injection saved" in response.text
    assert "Next dose due 25 August 2026" in response.text
    assert Injection.objects.get(given_on=TODAY).given_by == "Nora Nurse"


def test_a_double_click_makes_one_dose(client_as: SignIn, nurse: User, treated: Patient) -> None:
    # Arrange
    client, form = client_as(nurse), typed(treated)

    # Act
    first = client.post(address(treated), form)
    second = client.post(address(treated), form)

    # Assert
    assert first["Location"] == second["Location"]
    assert given_today() == 1


def test_the_second_of_two_nurses_is_told_and_keeps_what_she_typed(
    client_as: SignIn, nurse: User, prescriber: User, treated: Patient
) -> None:
    # Arrange
    client_as(nurse).post(address(treated), typed(treated))

    # Act
    response = client_as(prescriber).post(address(treated), typed(treated, note="left arm sore"))

    # Assert
    assert "changed by somebody else" in response.text
    assert "Two injections on one day" in response.text
    assert "left arm sore" in response.text
    assert given_today() == 1


def test_the_second_nurse_saves_once_she_has_seen_the_first_dose(
    client_as: SignIn, nurse: User, prescriber: User, treated: Patient
) -> None:
    # Arrange
    client_as(nurse).post(address(treated), typed(treated))
    client, form = client_as(prescriber), typed(treated)
    told = client.post(address(treated), form)

    # Act
    client.post(
        address(treated),
        {
            **form,
            "version": told.context["form"]["version"].value(),
            "answer": ["duplicate-dose", "dose-early"],
        },
    )

    # Assert
    assert given_today() == 2


def test_a_concern_stops_the_save_until_it_is_ticked(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Arrange
    client, form = client_as(nurse), typed(treated, site="buttock-left")

    # Act
    asked = client.post(address(treated), form)
    saved = client.post(address(treated), {**form, "answer": ["site-gluteal"]})

    # Assert
    assert "Nothing has been saved yet" in asked.text
    assert saved.status_code == 302
    assert Injection.objects.get(given_on=TODAY).acknowledged[0]["code"] == "site-gluteal"


def test_a_critical_concern_keeps_the_reason_that_was_typed(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Arrange
    record_allergy(patient=treated, substance="cobalt", date=TODAY, by=nurse, at=NOW)
    treated.refresh_from_db()
    client = client_as(nurse)
    form = typed(treated, **{"reason-cobalamin-allergy": "Given under observation"})

    # Act
    unticked = client.post(address(treated), form)
    client.post(address(treated), {**form, "answer": ["cobalamin-allergy"]})

    # Assert
    assert 'value="Given under observation"' in unticked.text
    kept = Injection.objects.get(given_on=TODAY).acknowledged
    assert kept == [
        {
            "code": "cobalamin-allergy",
            "severity": "critical",
            "reason": "Given under observation",
        }
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given_on": "2026-05-26"}, "cannot be in the future"),
        ({"given_on": "1958-01-01", "given_time": ""}, "before the patient was born"),
        ({"given_time": "11:30"}, "The time given cannot be in the future"),
        ({"given_on": "yesterday"}, "Enter a date, such as 16/07/2026."),
        ({"identity_checked": ""}, "tick when both are right"),
        ({"who": "elsewhere"}, "Enter where it was given"),
        ({"amount_ug": "a lot"}, "Enter a number"),
        ({"note": "x" * 10_001}, "Shorten it to 10,000"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_nothing_is_lost(
    client_as: SignIn,
    nurse: User,
    treated: Patient,
    changed: dict[str, Any],
    sentence: str,
) -> None:
    # Act
    response = client_as(nurse).post(address(treated), typed(treated, lot="KEPT-7", **changed))

    # Assert
    assert sentence in response.text
    assert "KEPT-7" in response.text
    assert Injection.objects.filter(lot="KEPT-7").count() == 0


def test_a_time_that_is_not_known_is_not_invented(
    client_as: Callable[[User], Client], nurse: User, janet: Patient
) -> None:
    data = typed(
        janet, given_on="2026-05-11", given_time="", who="elsewhere", who_name="GP surgery"
    )

    answer = client_as(nurse).post(address(janet), data, follow=True)

    assert not Injection.objects.get().time_known
    assert "12:00" not in answer.content.decode()


def test_a_dose_given_elsewhere_last_week_is_the_same_form(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Arrange
    form = typed(
        treated,
        given_on="2026-05-18",
        given_time="",
        who="elsewhere",
        who_name="St Mary's ward 4",
        identity_checked="",
    )

    # Act
    client_as(nurse).post(address(treated), form)

    # Assert
    made = Injection.objects.get(given_on=date(2026, 5, 18))
    assert (made.elsewhere, made.place, made.recorded_at) == (True, "St Mary's ward 4", NOW)


def test_reported_symptoms_lead_on_to_their_review(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    response = client_as(nurse).post(address(treated), typed(treated, symptoms_since="on"))

    assert response["Location"] == reverse(
        "fact-new", kwargs={"pk": treated.pk, "kind": "symptoms"}
    )
