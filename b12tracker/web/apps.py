"""The web app: what all pages share."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the app and its template tags."""

    name = "b12tracker.web"
    label = "web"
