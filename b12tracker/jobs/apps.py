"""The jobs app: the thin door to django-q2."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the app and the check of the worker's settings."""

    name = "b12tracker.jobs"
    label = "jobs"

    def ready(self) -> None:
        from b12tracker.jobs import checks  # noqa: F401 - registers itself
