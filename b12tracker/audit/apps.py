"""The audit app: who did what, and who looked at whom."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the app."""

    name = "b12tracker.audit"
    label = "audit"
