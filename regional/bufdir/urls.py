"""Addresses of this room."""

from django.urls import path

from regional.bufdir import draft_views, views

urlpatterns = [
    path("bufdir", views.overview, name="bufdir.overview"),
    path("bufdir/ny", draft_views.choose, name="bufdir.choose"),
    path("bufdir/ny/<str:kind>/<str:period>", draft_views.write, name="bufdir.write"),
    path("bufdir/utkast/<uuid:draft_id>", draft_views.draft, name="bufdir.draft"),
    path("bufdir/utkast/<uuid:draft_id>/godkjenn", draft_views.approve, name="bufdir.approve"),
    path("bufdir/utkast/<uuid:draft_id>/forkast", draft_views.drop, name="bufdir.drop"),
    path("bufdir/<int:number>", views.report, name="bufdir.report"),
    path("bufdir/<int:number>/sendt", views.sent, name="bufdir.sent"),
    path("bufdir/<int:number>/fil/<str:ending>", views.file, name="bufdir.file"),
]
