"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.team import views

urlpatterns: list[URLPattern] = [
    path("team", views.team, name="team.team"),
    path("team/medlem/<uuid:user_id>", views.place, name="team.place"),
]
