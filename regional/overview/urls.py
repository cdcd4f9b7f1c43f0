"""Addresses of this room."""

from django.urls import URLPattern, path

from regional.overview import views

urlpatterns: list[URLPattern] = [path("lederteam/oversikt", views.overview, name="overview.page")]
