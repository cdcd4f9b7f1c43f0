"""Addresses of the public host."""

from django.urls import URLPattern, path

from shared.registry import views_public

urlpatterns: list[URLPattern] = [path("", views_public.choose, name="registry.choose")]
