"""Django's PostgreSQL backend, on the embedded server: starts it at the first connection."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from b12tracker.postgres.backend.client import DatabaseClient
from b12tracker.postgres.place import embedded_server
from b12tracker.postgres.server import PORT


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own; `check`, `--help` and `makemigrations` start nothing."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """The parameters, once the server runs and this process holds its lease."""
        server = embedded_server().ensure()
        self.settings_dict |= {"HOST": str(server.socket_dir()), "PORT": PORT}
        return super().get_connection_params()
