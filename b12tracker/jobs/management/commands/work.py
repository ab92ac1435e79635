"""The clock: schedules, workers, and the guard over them."""

from __future__ import annotations

import sys
from argparse import SUPPRESS
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django_q.cluster import Cluster

from b12tracker.jobs.heartbeat import STALE_AFTER
from b12tracker.jobs.lifeline import end_children_with_us, end_with_parent
from b12tracker.jobs.schedules import sync
from b12tracker.jobs.supervisor import Supervisor, cluster_command


class Command(BaseCommand):
    """`manage.py work`: runs until SIGTERM or Ctrl-C, then lets running jobs finish."""

    help = "Runs the worker: scheduled jobs, restarted when its heartbeat stops."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stale-after",
            type=float,
            default=STALE_AFTER.total_seconds(),
            metavar="SECONDS",
            help="restart the workers when the heartbeat is older (default: %(default)g)",
        )
        parser.add_argument(
            "--drain",
            type=float,
            default=30,
            metavar="SECONDS",
            help="how long running jobs may finish when stopped (default: %(default)g)",
        )
        parser.add_argument("--cluster-of", type=int, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["cluster_of"] is not None:
            run_cluster(options["cluster_of"])
            return
        sync()
        Supervisor(
            cluster_command(sys.argv[0]),
            stale_after=timedelta(seconds=options["stale_after"]),
            drain=timedelta(seconds=options["drain"]),
            say=self._say,
        ).run()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def run_cluster(supervisor: int) -> None:
    """One cluster of workers in the foreground, until SIGTERM or the supervisor's end."""
    cluster = Cluster()  # takes SIGTERM as the order to drain
    end_children_with_us()
    end_with_parent(supervisor)
    # Forked workers must not share this process's socket.
    connections.close_all()
    cluster.start()
    cluster.sentinel.join()
