"""Tags and filters that every page may use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from b12tracker.web.renderer import css_class

register = template.Library()

COLOURS = frozenset({"red", "orange", "yellow", "green", "blue", "purple", "grey"})


@register.simple_tag
def tag(text: str, colour: str = "grey") -> SafeString:
    """A status as a word on a colour: `{% tag "Overdue" "red" %}`."""
    if colour not in COLOURS:
        raise ValueError(f"{colour} is not a colour of a tag")
    return format_html('<span class="app-tag app-tag--{}">{}</span>', colour, text)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words: 16 July 2026; nothing for no date."""
    return f"{value.day} {value:%B %Y}" if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A date for narrow columns: 16 Jul 2026."""
    return f"{value.day} {value:%b %Y}" if value else ""


@register.filter
def group_kind(field: BoundField) -> str:
    """Which markup a field has: checkbox, checkboxes, radios or input."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, CheckboxSelectMultiple):
        return "checkboxes"
    return "radios" if isinstance(widget, RadioSelect) else "input"


@register.simple_tag
def styled(field: BoundField) -> SafeString:
    """The field's widget with its component class and error mark."""
    name = css_class(field.field.widget)
    classes = [name, str(field.field.widget.attrs.get("class", ""))]
    if field.errors:
        classes.append(f"{name}--error")
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)
