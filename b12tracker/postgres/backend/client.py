"""`manage.py dbshell` on the embedded server: its own psql, whatever the machine has."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.postgresql import client

from b12tracker.postgres.binaries import binary_dir
from b12tracker.postgres.place import embedded_server


class DatabaseClient(client.DatabaseClient):
    """Starts the server, and talks to it by the psql that came with it."""

    def runshell(self, parameters: Iterable[str]) -> None:
        """Open the shell in the project's database."""
        self.connection.get_connection_params()
        type(self).executable_name = str(binary_dir(embedded_server().state) / "psql")
        super().runshell(parameters)
