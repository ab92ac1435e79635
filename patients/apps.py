"""The patients app: facts about people, never deleted, never guessed."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Registers the app."""

    name = "patients"
