"""Addresses of this room in a kommune and in a region: the way out of the platform."""

from django.urls import URLPattern, path

from shared.orders import leaving_views as views

urlpatterns: list[URLPattern] = [
    path("avslutning", views.begin, name="orders.leaving"),
    path("avslutning/be", views.ask, name="orders.leave"),
    path("avslutning/<uuid:order_id>/fil", views.fetch, name="orders.export"),
    path("avslutning/apner", views.opening, name="orders.opener"),
    path("avslutning/apnet", views.opened, name="orders.opened"),
    path("avslutning/godkjenn", views.agree, name="orders.agree"),
    path("avslutning/trekk", views.withdraw, name="orders.withdraw"),
]
