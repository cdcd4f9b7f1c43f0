"""Addresses of this room for the platform's own staff."""

from django.urls import URLPattern, path

from shared.orders import views

urlpatterns: list[URLPattern] = [
    path("plattform/bestillinger", views.all_orders, name="orders.all"),
    path("plattform/bestillinger/ny-region", views.new_region, name="orders.new_region"),
    path("plattform/bestillinger/<uuid:order_id>", views.one_order, name="orders.order"),
    path("plattform/bestillinger/<uuid:order_id>/attest", views.certificate, name="orders.certificate"),
    path("plattform/bestillinger/<uuid:order_id>/godkjenn", views.approve, name="orders.approve"),
    path("plattform/bestillinger/<uuid:order_id>/avsla", views.refuse, name="orders.refuse"),
    path("plattform/bestillinger/<uuid:order_id>/ny-lenke", views.new_link, name="orders.new_link"),
    path("plattform/bestillinger/<uuid:order_id>/trekk", views.take_back, name="orders.take_back"),
]
