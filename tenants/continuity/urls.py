"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.continuity import views

urlpatterns: list[URLPattern] = [
    path("beredskap", views.own, name="continuity.own"),
    path("beredskap/passordfrase", views.passphrase, name="continuity.passphrase"),
    path("beredskap/bekreft", views.confirm, name="continuity.confirm"),
    path("beredskap/pakke", views.fetch, name="continuity.fetch"),
    path("beredskap/stans", views.stop, name="continuity.stop"),
    path("team/beredskap", views.settings, name="continuity.settings"),
    path("team/beredskap/<uuid:holder_id>/stans", views.end, name="continuity.end"),
]
