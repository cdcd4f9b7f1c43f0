"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.measures import views

urlpatterns: list[URLPattern] = [
    path("tiltak", views.measures, name="measures.list"),
    path("tiltak/<uuid:measure_id>", views.measure, name="measures.measure"),
    path("saker/<uuid:case_id>/tiltak", views.new, name="measures.new"),
]
