"""Addresses of health checks."""

from django.urls import path

from b12tracker.web import health

urlpatterns = [
    path("healthz/live", health.live, name="health-live"),
    path("healthz/ready", health.ready, name="health-ready"),
]
