"""Addresses of lists, the chart, injections, orders and paper."""

from django.urls import path

from regimens.views import care_plan, chart, dashboard, injections, orders, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:code>/", dashboard.members, name="dashboard-list"),
    # /patients/<id>/
    path("patients/<uuid:pk>/", chart.chart, name="patient-chart"),
    path("patients/<uuid:pk>/care-plan.pdf", care_plan.care_plan, name="care-plan"),
    path("patients/<uuid:pk>/injections/new/", injections.new, name="injection-new"),
    path("patients/<uuid:pk>/injections/preview/", injections.preview, name="injection-preview"),
    path(
        "patients/<uuid:pk>/injections/not-given/", injections.not_given, name="injection-not-given"
    ),
    path(
        "patients/<uuid:pk>/injections/<int:injection>/", injections.saved, name="injection-saved"
    ),
    path(
        "patients/<uuid:pk>/injections/<int:injection>/undo/",
        injections.undo,
        name="injection-undo",
    ),
    path("patients/<uuid:pk>/order/", orders.new, name="order-new"),
    path("patients/<uuid:pk>/order/preview/", orders.preview, name="order-preview"),
    path("patients/<uuid:pk>/order/<int:course>/end/", orders.end, name="order-end"),
    path(
        "patients/<uuid:pk>/order/<int:course>/loading-ended/",
        orders.loading_ended,
        name="order-loading-ended",
    ),
    path("patients/<uuid:pk>/order/<slug:kind>/<int:fact>/void/", orders.void, name="order-void"),
    path("patients/<uuid:pk>/extra-recheck/", orders.extra_recheck, name="extra-recheck"),
    path("patients/<uuid:pk>/rechecks-off/", orders.rechecks_off, name="rechecks-off"),
]
