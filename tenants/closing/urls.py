"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.closing import views

urlpatterns: list[URLPattern] = [
    path("saker/<uuid:case_id>/lukk", views.close, name="closing.close"),
    path("saker/<uuid:case_id>/sluttrapport", views.report, name="closing.report"),
]
