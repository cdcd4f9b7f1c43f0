"""Addresses of this room for the platform's own staff."""

from django.urls import URLPattern, path

from shared.merging import views_drift as views

urlpatterns: list[URLPattern] = [
    path("plattform/bestillinger/sammenslaing", views.new_merge, name="merging.new"),
    path("plattform/bestillinger/<uuid:order_id>/rapport", views.report, name="merging.report"),
]
