"""Addresses of this room."""

from django.urls import path

from tenants.returns import leaders_views, views

urlpatterns = [
    path("statistikk", views.overview, name="returns.overview"),
    path("statistikk/for-ledelsen/<str:period>", leaders_views.figures, name="returns.leaders"),
    path("statistikk/for-ledelsen/<str:period>/gi", leaders_views.give, name="returns.give"),
    path("statistikk/<str:period>", views.preview, name="returns.preview"),
    path("statistikk/<str:period>/send", views.send, name="returns.send"),
]
