"""Addresses of this room in a kommune: its way out of the platform."""

from django.urls import URLPattern, path

from shared.registry import views_leaving as views

urlpatterns: list[URLPattern] = [
    path("avslutning", views.leaving, name="registry.leaving"),
    path("avslutning/be", views.ask, name="registry.leave"),
    path("avslutning/<uuid:order_id>/fil", views.fetch, name="registry.export"),
    path("avslutning/apner", views.opening, name="registry.opener"),
    path("avslutning/apnet", views.opened, name="registry.opened"),
    path("avslutning/godkjenn", views.agree, name="registry.agree"),
    path("avslutning/trekk", views.withdraw, name="registry.withdraw"),
]
