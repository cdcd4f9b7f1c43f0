"""Addresses of this room in a kommune: becoming one with another."""

from django.urls import URLPattern, path

from shared.merging import views

urlpatterns: list[URLPattern] = [
    path("sammenslaing", views.merging, name="merging.page"),
    path("sammenslaing/ja", views.say_yes, name="merging.yes"),
    path("sammenslaing/nei", views.decline, name="merging.no"),
    path("sammenslaing/<uuid:order_id>/rapport", views.report, name="merging.paper"),
]
