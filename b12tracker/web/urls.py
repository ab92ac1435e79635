"""Addresses of health checks, and of the components' gallery while developing."""

from django.conf import settings
from django.urls import path

from b12tracker.web import health
from b12tracker.web.gallery import gallery

urlpatterns = [
    path("healthz/live", health.live, name="health-live"),
    path("healthz/ready", health.ready, name="health-ready"),
]
if settings.DEBUG:
    urlpatterns.append(path("gallery/", gallery, name="gallery"))
