"""The clinics app: clinics, people who work in them, and who may see whom."""

from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    """Registers the app."""

    name = "b12tracker.clinics"
    label = "clinics"

    def ready(self) -> None:
        from b12tracker.clinics import checks  # noqa: F401  (registers itself)
