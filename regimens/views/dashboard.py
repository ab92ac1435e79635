"""The physician's home: counts that open their patients."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from b12tracker.clinics.access import place, reads
from regimens.dashboard import BY_CODE, GROUP_OF, GROUPS, Tile, tile_counts, tile_members
from regimens.rows import row_words


@reads
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every count of the clinic."""
    here = place(request)
    counts = dict(tile_counts(here.clinic))
    groups = {name: _tiles(tiles, counts) for name, tiles in GROUPS.items()}
    return render(
        request, "regimens/dashboard.html", {"today": here.today(), "groups": groups.items()}
    )


def _tiles(tiles: list[Tile], counts: dict[Tile, int]) -> list[dict[str, Any]]:
    """The counts as tiles; one without patients has no colour."""
    return [
        {
            "name": tile.title,
            "count": counts[tile],
            "url": reverse("dashboard-list", args=[tile.code]),
            "colour": tile.colour if counts[tile] else "grey",
        }
        for tile in tiles
    ]


@reads
def members(request: HttpRequest, code: str) -> HttpResponse:
    """The patients behind one count, and why each is there."""
    here = place(request)
    tile = BY_CODE.get(code)
    if tile is None:
        raise Http404("There is no such list.")
    page = tile_members(here.clinic, tile, request.GET.get("after", ""))
    return render(
        request,
        "regimens/dashboard_list.html",
        {
            "today": here.today(),
            "here": here,
            "tile": tile,
            "group": GROUP_OF[tile.code],
            "number": dict(tile_counts(here.clinic))[tile],
            "rows": [row_words(row, here.today()) for row in page.rows],
            "after": page.after,
            "later_page": "after" in request.GET,
        },
    )
