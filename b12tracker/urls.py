"""Addresses of the whole site."""

from django.urls import include, path

from b12tracker.clinics.views import home

urlpatterns = [
    path("", home, name="home"),
    path("clinics/", include("b12tracker.clinics.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("regimens.urls")),
    path("", include("patients.urls")),
    path("", include("b12tracker.web.urls")),
]
