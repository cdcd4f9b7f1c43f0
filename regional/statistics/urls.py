"""Addresses of this room."""

from django.urls import path

from regional.statistics import views

urlpatterns = [path("statistikk", views.dashboard, name="statistics.dashboard")]
