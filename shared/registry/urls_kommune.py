"""Addresses of this room in a kommune: its way out of the platform, and into one with another."""

from django.urls import URLPattern, path

from shared.registry import views_leaving as views
from shared.registry import views_merging as merge

urlpatterns: list[URLPattern] = [
    path("avslutning", views.leaving, name="registry.leaving"),
    path("avslutning/be", views.ask, name="registry.leave"),
    path("avslutning/<uuid:order_id>/fil", views.fetch, name="registry.export"),
    path("avslutning/apner", views.opening, name="registry.opener"),
    path("avslutning/apnet", views.opened, name="registry.opened"),
    path("avslutning/godkjenn", views.agree, name="registry.agree"),
    path("avslutning/trekk", views.withdraw, name="registry.withdraw"),
    path("sammenslaing", merge.merging, name="registry.merging"),
    path("sammenslaing/ja", merge.say_yes, name="registry.merge_yes"),
    path("sammenslaing/nei", merge.decline, name="registry.merge_no"),
    path("sammenslaing/<uuid:order_id>/rapport", merge.report, name="registry.merge_paper"),
]
