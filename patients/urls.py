"""Addresses of the register and of the facts about one patient."""

from django.urls import path

from patients.views import facts, register, results, search

urlpatterns = [
    path("patients/", search.patient_list, name="patient-list"),
    path("patients/search/", search.search, name="patient-search"),
    path("patients/new/", register.new, name="patient-new"),
    # /patients/<id>/
    path("patients/<uuid:pk>/edit/", register.edit, name="patient-edit"),
    path("patients/<uuid:pk>/care-status/", register.care_status, name="patient-care-status"),
    path("patients/<uuid:pk>/away/", register.away, name="patient-away"),
    path("patients/<uuid:pk>/results/new/", results.new, name="results-new"),
    path("patients/<uuid:pk>/results/other-unit/", results.other_unit, name="results-other-unit"),
    path(
        "patients/<uuid:pk>/results/<int:result>/correct/", results.correct, name="result-correct"
    ),
    path("patients/<uuid:pk>/facts/<slug:kind>/new/", facts.new, name="fact-new"),
    path("patients/<uuid:pk>/facts/<slug:kind>/<int:fact>/void/", facts.void, name="fact-void"),
    path("patients/<uuid:pk>/facts/<slug:kind>/<int:fact>/end/", facts.end, name="fact-end"),
]
