"""Addresses of this room."""

from django.urls import path

from regional.dashboard import api, views

urlpatterns = [
    path("statistikk", views.dashboard, name="dashboard.table"),
    path("statistikk/over-tid", views.over_time, name="dashboard.over_time"),
    path("api/v1/releases", api.releases, name="dashboard.api"),
    path("api/v1/releases/<int:number>", api.release, name="dashboard.api_one"),
]
