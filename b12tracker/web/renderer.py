"""Renders every form with nhsuk-frontend's markup."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import engines

# The first kind that a widget is decides its markup.
KINDS: list[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str, str]] = [
    (forms.CheckboxInput, "checkbox", "nhsuk-checkboxes__input"),
    (forms.CheckboxSelectMultiple, "checkboxes", "nhsuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "nhsuk-radios__input"),
    (forms.Textarea, "input", "nhsuk-textarea"),
    (forms.Select, "input", "nhsuk-select"),
    (
        (forms.DateInput, forms.TimeInput, forms.DateTimeInput),
        "input",
        "nhsuk-input app-input--date",
    ),
]


class NhsukField(BoundField):
    """A form's field that knows its component: classes, first control, words for errors."""

    @property
    def kind(self) -> str:
        """Which markup it has: checkbox, checkboxes, radios or input."""
        return _component(self.field.widget)[0]

    @property
    def focus_id(self) -> str:
        """The id of the control that a link to this field must reach."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return str(self.id_for_label or self.auto_id)

    @property
    def summary_label(self) -> str:
        """The label as the beginning of a sentence about an error."""
        return str(self.label).rstrip("?:. ")

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Django's attributes with the component's classes.

        `required` becomes `aria-required`: what is missing is said by the
        server, in words, for all fields at once. The browser still refuses
        half a date, which it would otherwise send as no date.
        """
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return built
        kind, names = _component(widget)
        classes = [names, str(widget.attrs.get("class", "")), str(built.get("class", ""))]
        if self.errors and kind == "input":
            classes.append(f"{names.split()[0]}--error")
        built["class"] = " ".join(filter(None, classes))
        if built.pop("required", False) and kind == "input":
            built["aria-required"] = "true"
        return built


class NhsukRenderer(DjangoTemplates):
    """Our own templates for forms and fields, Django's for the insides of widgets."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = NhsukField

    def get_template(self, template_name: str) -> Any:
        """Ours from the project's templates, all others from Django's form templates."""
        if template_name.startswith("forms/"):
            return engines["django"].get_template(template_name)
        return super().get_template(template_name)


def _component(widget: forms.Widget) -> tuple[str, str]:
    found = ((kind, names) for types, kind, names in KINDS if isinstance(widget, types))
    return next(found, ("input", "nhsuk-input"))
