"""The jobs app: the thin door to django-q2."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the app."""

    name = "b12tracker.jobs"
    label = "jobs"
