"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.triage import views

urlpatterns: list[URLPattern] = [
    path("innboks/<uuid:concern_id>/avklar", views.decide, name="triage.decide"),
    path("innboks/<uuid:concern_id>/steg", views.step, name="triage.step"),
    path("frister", views.due, name="triage.due"),
    path("team/frister", views.deadlines, name="triage.deadlines"),
]
