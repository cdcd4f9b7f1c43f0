"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.closing import transfer_views, views

urlpatterns: list[URLPattern] = [
    path("saker/<uuid:case_id>/lukk", views.close, name="closing.close"),
    path("saker/<uuid:case_id>/sluttrapport", views.report, name="closing.report"),
    path("innboks/<uuid:concern_id>/overfor", transfer_views.of_concern, name="closing.transfer.concern"),
    path("saker/<uuid:case_id>/overfor", transfer_views.of_case, name="closing.transfer.case"),
]
