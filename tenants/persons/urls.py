"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.persons import spoken_views, views

urlpatterns: list[URLPattern] = [
    path("innboks/<uuid:concern_id>/personer", views.persons, name="persons.list"),
    path("personer/<uuid:person_id>", views.person, name="persons.person"),
    path("personer/<uuid:person_id>/sammen", views.merge, name="persons.merge"),
    path("personer/<uuid:person_id>/skill", views.part, name="persons.part"),
    path("personer/<uuid:person_id>/koble", views.link, name="persons.link"),
    path("personer/<uuid:person_id>/koble-fra", views.unlink, name="persons.unlink"),
    path("personer/<uuid:person_id>/adresse", views.address, name="persons.address"),
    path("innboks/<uuid:concern_id>/stemme", spoken_views.voice, name="persons.voice"),
    path("innboks/<uuid:concern_id>/advarsler", spoken_views.warnings, name="persons.warnings"),
    path(
        "innboks/<uuid:concern_id>/advarsler/<uuid:warning_id>/avslutt",
        spoken_views.end_warning,
        name="persons.end_warning",
    ),
    path(
        "innboks/<uuid:concern_id>/advarsler/<uuid:warning_id>/forny",
        spoken_views.renew_warning,
        name="persons.renew_warning",
    ),
]
