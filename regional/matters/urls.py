"""Addresses of this room."""

from django.urls import URLPattern, path

from regional.matters import views

_HOME = "lederteam/systemsaker"
urlpatterns: list[URLPattern] = [
    path(_HOME, views.matters, name="matters.list"),
    path(f"{_HOME}/tall", views.numbers, name="matters.numbers"),
    path(f"{_HOME}/oppsett", views.intake, name="matters.intake"),
    path(f"{_HOME}/<uuid:matter_id>", views.matter, name="matters.matter"),
    path(f"{_HOME}/<uuid:matter_id>/ta-imot", views.take_in, name="matters.take_in"),
    path(f"{_HOME}/<uuid:matter_id>/sakliste", views.agenda, name="matters.agenda"),
    path(f"{_HOME}/<uuid:matter_id>/svar", views.decide, name="matters.decide"),
    path(f"{_HOME}/<uuid:matter_id>/spor", views.ask, name="matters.ask"),
    path(f"{_HOME}/<uuid:matter_id>/notat", views.note, name="matters.note"),
    path(f"{_HOME}/<uuid:matter_id>/sla-sammen", views.join, name="matters.join"),
    path(f"{_HOME}/<uuid:matter_id>/lest", views.mark_read, name="matters.read"),
]
