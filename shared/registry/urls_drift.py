"""Addresses of this room."""

from django.urls import URLPattern, path

from shared.registry import views_drift, views_merge_drift, views_orders

urlpatterns: list[URLPattern] = [
    path("plattform", views_drift.platform, name="registry.platform"),
    path("plattform/bestillinger", views_orders.all_orders, name="registry.orders"),
    path("plattform/bestillinger/ny-region", views_orders.new_region, name="registry.new_region"),
    path("plattform/bestillinger/sammenslaing", views_merge_drift.new_merge, name="registry.new_merge"),
    path("plattform/bestillinger/<uuid:order_id>/rapport", views_merge_drift.report, name="registry.merge_report"),
    path("plattform/bestillinger/<uuid:order_id>/trekk", views_merge_drift.withdraw, name="registry.merge_withdraw"),
    path("plattform/bestillinger/<uuid:order_id>", views_orders.one_order, name="registry.order"),
    path("plattform/bestillinger/<uuid:order_id>/attest", views_orders.certificate, name="registry.certificate"),
    path("plattform/bestillinger/<uuid:order_id>/godkjenn", views_orders.approve, name="registry.approve"),
    path("plattform/bestillinger/<uuid:order_id>/avsla", views_orders.refuse, name="registry.refuse"),
]
