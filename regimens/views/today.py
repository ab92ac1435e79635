"""The nurse's home: who is due, who is late, and nobody missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from b12tracker.clinics.access import place, reads
from b12tracker.clinics.models import Clinic
from b12tracker.jobs.heartbeat import is_stale, last_beat
from b12tracker.jobs.ledger import last_run
from regimens.rows import ago_words, row_words, where_words
from regimens.worklists import BUCKETS, UNASSESSED, bucket_counts, worklist

RUN_STALE_AFTER = timedelta(hours=26)


@dataclass(frozen=True)
class Clock:
    """How the reminders' clock stands: when they last ran, and whether it goes."""

    ran: str
    run_stale: bool
    worker_stale: bool


@reads
def today(request: HttpRequest) -> HttpResponse:
    """Today's list, whole or one bucket of it."""
    here = place(request)
    bucket, after = request.GET.get("bucket", ""), request.GET.get("after", "")
    if bucket and bucket not in BUCKETS:
        raise Http404("There is no such list.")
    counts = bucket_counts(here.clinic)
    page = worklist(here.clinic, bucket=bucket, after=after)
    return render(
        request,
        "regimens/today.html",
        {
            "today": here.today(),
            "here": here,
            "buckets": _tiles(counts, bucket),
            "total": sum(counts.values()),
            "bucket": bucket,
            "title": where_words(bucket).text if bucket else "All active patients",
            "shown": counts[bucket] if bucket else sum(counts.values()),
            "rows": [row_words(row, here.today()) for row in page.rows],
            "after": page.after,
            "later_page": bool(after),
            "clock": clock(here.clinic, here.now()),
        },
    )


def _tiles(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    """The buckets as tiles, all of them together first."""
    home = reverse("today")
    everybody = {
        "name": "All active",
        "count": sum(counts.values()),
        "url": home,
        "colour": "grey",
        "current": not current,
    }
    return [
        everybody,
        *(
            {
                "name": where_words(bucket).text,
                "count": number,
                "url": f"{home}?bucket={bucket}",
                "colour": where_words(bucket).colour,
                "current": bucket == current,
            }
            for bucket, number in counts.items()
            if number or bucket != UNASSESSED
        ),
    ]


def clock(clinic: Clinic, now: datetime) -> Clock:
    """When the clinic's reminders last ran, and whether the worker lives."""
    run = last_run(clinic)
    ended = run.ended_at if run else None
    return Clock(
        ran=ago_words((now - ended).total_seconds()) if ended else "",
        run_stale=is_stale(ended, now, RUN_STALE_AFTER),
        worker_stale=is_stale(last_beat(), now),
    )
