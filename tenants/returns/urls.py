"""Addresses of this room."""

from django.urls import path

from tenants.returns import views

urlpatterns = [
    path("statistikk", views.overview, name="returns.overview"),
    path("statistikk/<str:period>", views.preview, name="returns.preview"),
    path("statistikk/<str:period>/send", views.send, name="returns.send"),
]
