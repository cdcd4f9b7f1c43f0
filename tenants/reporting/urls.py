"""Addresses of this room."""

from django.urls import include, path

from tenants.reporting import single_views, views

urlpatterns = [
    path("", include("tenants.reporting.grant_urls")),
    path("bufdir", views.overview, name="reporting.overview"),
    path("bufdir/ansvarlig", views.name, name="reporting.name"),
    path("bufdir/lag", views.order, name="reporting.order"),
    path("bufdir/utkast/<str:value>", views.draft, name="reporting.draft"),
    path("bufdir/utkast/<str:value>/ferdigstill", views.finish, name="reporting.finish"),
    path("bufdir/registreringer", single_views.registrations, name="reporting.registrations"),
    path("bufdir/registreringer/ta-ut", single_views.take_out, name="reporting.take_out"),
    path("bufdir/<uuid:report_id>", views.report, name="reporting.report"),
    path("bufdir/<uuid:report_id>/<str:ending>", views.file, name="reporting.file"),
    path("saker/<uuid:case_id>/registrering", single_views.words, name="reporting.words"),
]
