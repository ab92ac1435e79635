"""Forms as nhsuk markup: labels, hints and errors belong to their field."""

import re

from django import forms

SITES = [("left", "Left deltoid"), ("right", "Right deltoid")]


class DoseForm(forms.Form):
    given_by = forms.CharField(label="Given by", help_text="Name & role")
    given_on = forms.DateField(label="Given on", widget=forms.DateInput({"type": "date"}))
    site = forms.ChoiceField(label="Which site?", choices=SITES, widget=forms.RadioSelect)
    checked = forms.BooleanField(label="Identity checked")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    key = forms.CharField(widget=forms.HiddenInput)


def attribute(html: str, name: str) -> list[str]:
    return re.findall(rf'\b{name}="([^"]*)"', html)


def test_an_error_and_a_hint_are_linked_to_their_field() -> None:
    html = str(DoseForm({})["given_by"].as_field_group())

    control = re.search(r"<input[^>]*>", html)[0]
    assert attribute(control, "aria-describedby") == ["id_given_by_helptext id_given_by_error"]
    assert attribute(control, "aria-invalid") == ["true"]
    assert {"id_given_by_helptext", "id_given_by_error"} <= set(attribute(html, "id"))


def test_a_label_names_its_control() -> None:
    html = str(DoseForm()["given_by"].as_field_group())

    assert re.search(r'<label class="nhsuk-label" for="id_given_by">\s*Given by\s*</label>', html)


def test_a_hint_is_escaped() -> None:
    html = str(DoseForm()["given_by"].as_field_group())

    assert "Name &amp; role" in html


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = str(DoseForm({"note": "</textarea><script>x</script>"})["note"])

    assert "&lt;/textarea&gt;&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    form = DoseForm()

    assert "(optional)" in form["note"].as_field_group()
    assert "(optional)" not in form["given_by"].as_field_group()


def test_nothing_is_required_by_the_browser_but_announced_as_required() -> None:
    html = str(DoseForm()["given_by"])

    assert " required" not in html
    assert attribute(html, "aria-required") == ["true"]


def test_radios_stand_in_a_fieldset_with_their_question_as_legend() -> None:
    html = str(DoseForm({})["site"].as_field_group())

    assert re.search(r"<legend[^>]*>\s*Which site\?\s*</legend>", html)
    assert attribute(re.search(r"<fieldset[^>]*>", html)[0], "aria-describedby") == [
        "id_site_error"
    ]
    assert attribute(html, "for") == ["id_site_0", "id_site_1"]
    assert html.count('type="radio"') == html.count("nhsuk-radios__input") == 2


def test_a_chosen_radio_stays_chosen() -> None:
    html = str(DoseForm({"site": "right"})["site"].as_field_group())

    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["right"]


def test_a_single_checkbox_has_its_label_after_it() -> None:
    html = str(DoseForm()["checked"].as_field_group())

    assert html.index("nhsuk-checkboxes__input") < html.index("Identity checked")
    assert attribute(html, "for") == ["id_checked"]


def test_a_date_is_the_browsers_own_date_field() -> None:
    html = str(DoseForm()["given_on"])

    assert attribute(html, "type") == ["date"]
    assert "app-input--date" in html


def test_a_widgets_own_class_is_kept() -> None:
    class NarrowForm(forms.Form):
        dose = forms.IntegerField(widget=forms.NumberInput({"class": "nhsuk-input--width-5"}))

    html = str(NarrowForm({"dose": "x"})["dose"])

    assert attribute(html, "class") == ["nhsuk-input nhsuk-input--width-5 nhsuk-input--error"]


def test_the_summary_links_each_error_to_a_control_that_exists() -> None:
    form = DoseForm({})
    html = str(form)

    links = [link.removeprefix("#") for link in attribute(html, "href")]
    assert links == ["id_given_by", "id_given_on", "id_site_0", "id_checked"]
    assert set(links) <= set(attribute(html, "id"))


def test_the_summary_also_says_what_concerns_no_field() -> None:
    form = DoseForm({})
    form.add_error(None, "This record was changed meanwhile.")

    assert "<li>This record was changed meanwhile.</li>" in str(form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "nhsuk-error-summary" not in str(DoseForm())


def test_hidden_fields_are_rendered_without_a_label() -> None:
    html = str(DoseForm(initial={"key": "k1"}))

    assert '<input type="hidden" name="key" value="k1" id="id_key">' in html
    assert 'for="id_key"' not in html
