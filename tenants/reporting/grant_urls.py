"""Addresses of the kommune's grant report."""

from django.urls import path

from tenants.reporting import grant_views

urlpatterns = [
    path("bufdir/tilskudd", grant_views.overview, name="reporting.grants"),
    path("bufdir/tilskudd/<int:year>", grant_views.write, name="reporting.grant_write"),
    path("bufdir/tilskudd/<int:year>/ferdigstill", grant_views.finish, name="reporting.grant_finish"),
    path("bufdir/tilskudd/<uuid:report_id>", grant_views.report, name="reporting.grant"),
    path("bufdir/tilskudd/<uuid:report_id>/<str:ending>", grant_views.file, name="reporting.grant_file"),
]
