"""Django's PostgreSQL backend, on the embedded server: starts it at the first connection."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from b12tracker.postgres.server import Embedded
from b12tracker.state import state_dir

SERVERS: dict[str, Embedded] = {}


def embedded_server() -> Embedded:
    """This process's view of the server in the state directory."""
    where = state_dir() / "postgres"
    return SERVERS.setdefault(str(where), Embedded(where))


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own; `check`, `--help` and `makemigrations` start nothing."""

    def get_connection_params(self) -> dict[str, Any]:
        """The parameters, once the server runs and this process holds its lease."""
        server = embedded_server().ensure()
        self.settings_dict["HOST"] = str(server.socket_dir())
        return super().get_connection_params()
