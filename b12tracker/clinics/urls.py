"""Addresses of the clinics app."""

from django.urls import path

from b12tracker.clinics import views

app_name = "clinics"

urlpatterns = [path("switch/", views.switch, name="switch")]
