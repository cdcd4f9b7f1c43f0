"""Addresses of this room."""

from django.urls import path

from tenants.returns import leaders_views, own_views, views

urlpatterns = [
    path("statistikk", views.overview, name="returns.overview"),
    path("statistikk/tall", own_views.own, name="returns.own"),
    path("statistikk/over-tid", own_views.through, name="returns.through"),
    path("statistikk/regionen", own_views.region, name="returns.region"),
    path("statistikk/for-ledelsen/<str:period>", leaders_views.figures, name="returns.leaders"),
    path("statistikk/for-ledelsen/<str:period>/gi", leaders_views.give, name="returns.give"),
    path("statistikk/<str:period>", views.preview, name="returns.preview"),
    path("statistikk/<str:period>/send", views.send, name="returns.send"),
]
