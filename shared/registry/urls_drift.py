"""Addresses of this room."""

from django.urls import URLPattern, path

from shared.registry import views_drift

urlpatterns: list[URLPattern] = [path("plattform", views_drift.platform, name="registry.platform")]
