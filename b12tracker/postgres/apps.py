"""Registers the checks of the database server."""

from django.apps import AppConfig


class PostgresConfig(AppConfig):
    """The embedded server and the checks of any server."""

    name = "b12tracker.postgres"
    label = "postgres_server"

    def ready(self) -> None:
        from b12tracker.postgres import checks  # noqa: F401  (registers itself)
