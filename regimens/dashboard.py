"""The physician's counts, each of which opens its patients."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from b12tracker.clinics.models import Clinic
from regimens.models import Status
from regimens.worklists import Page, assessed, page_of

SAFETY = (
    "anticoagulant-im",
    "cobalamin-allergy",
    "cyanocobalamin-renal",
    "dose-early",
    "dose-nonstandard",
    "duplicate-dose",
    "folic-acid-before-b12",
    "folic-acid-during-loading",
    "hypokalaemia-risk",
    "leber-cyanocobalamin",
    "lifelong-treatment-stop",
    "monitoring-stopped",
    "neuro-on-oral",
    "nitrous-oxide",
    "regimen-mismatch",
    "route-intravenous",
    "site-gluteal",
    "under-16",
)


@dataclass(frozen=True)
class Tile:
    """One count: its code in the address, its name, its colour, and who is in it."""

    code: str
    title: str
    colour: str
    flags: tuple[str, ...] = ()
    band: str = ""

    @property
    def members(self) -> Q:
        """Who is in it, by where they stand."""
        return Q(band=self.band) if self.band else Q(flags__overlap=list(self.flags))


def _flagged(code: str, title: str, colour: str) -> Tile:
    return Tile(code, title, colour, flags=(code,))


GROUPS = {
    "Signs and results": [
        _flagged("relapse-suspected", "Relapse suspected", "red"),
        _flagged("neuro-new", "New or worse neurological symptoms", "red"),
        _flagged("functional-deficiency", "Functional deficiency", "red"),
        _flagged("b12-deficient", "B12 deficient", "red"),
    ],
    "Injections": [
        _flagged("treatment-lapsed", "Treatment lapsed", "red"),
        Tile("missed", "Missed: long overdue", "red", band="long-overdue"),
        _flagged("dose-overdue", "Overdue, all bands", "orange"),
        Tile(
            "loading-review",
            "Loading without review, or interrupted",
            "orange",
            flags=("loading-review-due", "loading-interrupted"),
        ),
    ],
    "Rechecks": [
        _flagged("recheck-overdue", "Overdue", "orange"),
        _flagged("recheck-partial", "Incomplete", "yellow"),
    ],
    "Orders and safety": [
        Tile("safety", "Safety flags", "orange", flags=SAFETY),
        _flagged("protocol-undefined", "No interval chosen", "yellow"),
    ],
}
GROUP_OF = {tile.code: name for name, tiles in GROUPS.items() for tile in tiles}
TILES = [tile for tiles in GROUPS.values() for tile in tiles]
BY_CODE = {tile.code: tile for tile in TILES}


def tile_counts(clinic: Clinic) -> list[tuple[Tile, int]]:
    """Every tile with its number of active patients; one query."""
    counts = {tile.code: Count("pk", filter=tile.members) for tile in TILES}
    found = assessed(clinic).order_by().aggregate(**counts)
    return [(tile, found[tile.code]) for tile in TILES]


def tile_members(clinic: Clinic, tile: Tile, after: str = "") -> Page:
    """A page of a tile's patients, in the order of risk."""
    members: QuerySet[Status] = assessed(clinic).filter(tile.members)
    return page_of(members, after)
