"""Renders every form with nhsuk-frontend's markup."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import engines


class NhsukRenderer(DjangoTemplates):
    """Our own templates for fields and error lists, Django's for widgets' insides."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Ours from the project's templates, Django's from its form templates."""
        if template_name.startswith("forms/"):
            return engines["django"].get_template(template_name)
        return super().get_template(template_name)


INPUT = "nhsuk-input"
CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "nhsuk-checkboxes__input"),
    (forms.CheckboxSelectMultiple, "nhsuk-checkboxes__input"),
    (forms.RadioSelect, "nhsuk-radios__input"),
    (forms.Textarea, "nhsuk-textarea"),
    (forms.SelectMultiple, "nhsuk-select"),
    (forms.Select, "nhsuk-select"),
    (forms.Input, INPUT),
]


def css_class(widget: forms.Widget) -> str:
    """The component class of a widget, and of one that is in error."""
    return next((name for kind, name in CLASSES if isinstance(widget, kind)), INPUT)
