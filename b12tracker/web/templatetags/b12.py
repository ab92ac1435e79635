"""Tags and filters that every page may use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

COLOURS = frozenset(
    {
        "red",
        "orange",
        "yellow",
        "green",
        "aqua-green",
        "blue",
        "purple",
        "pink",
        "grey",
        "white",
    }
)
SECTIONS = ("today", "patients", "dashboard")


class Status(Protocol):
    """A status in words, with the colour that repeats them."""

    @property
    def text(self) -> str: ...

    @property
    def colour(self) -> str: ...


@register.simple_tag
def tag(status: str | Status, colour: str = "grey") -> SafeString:
    """A status as words on a colour: `{% tag "Overdue" "red" %}` or `{% tag row.status %}`."""
    text = status if isinstance(status, str) else status.text
    colour = colour if isinstance(status, str) else status.colour
    if colour not in COLOURS:
        raise ValueError(f"{colour} is not a colour of a tag")
    return format_html('<strong class="app-tag app-tag--{}">{}</strong>', colour, text)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words: 16 July 2026; nothing for no date."""
    return f"{value.day} {value:%B %Y}" if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A date for narrow columns: 16 Jul 2026; nothing for no date."""
    return f"{value.day} {value:%b %Y}" if value else ""


@register.filter
def section(path: str) -> str:
    """Which of the main pages an address belongs to: today, patients, dashboard or none."""
    first = path.strip("/").partition("/")[0]
    return first if first in SECTIONS else ""


@register.filter
def initials(name: object) -> str:
    """The first letters of up to two words: "NN" for Nora Nurse."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.filter
def listed(words: Iterable[str]) -> str:
    """Words in one line, in order: "Nurse, prescriber"."""
    return ", ".join(sorted(words)).capitalize()
