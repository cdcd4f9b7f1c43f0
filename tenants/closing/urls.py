"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.closing import after_views, transfer_views, views

urlpatterns: list[URLPattern] = [
    path("saker/<uuid:case_id>/lukk", views.close, name="closing.close"),
    path("saker/<uuid:case_id>/sluttrapport", views.report, name="closing.report"),
    path("saker/<uuid:case_id>/sluttrapport/pdf", after_views.pdf, name="closing.pdf"),
    path("saker/<uuid:case_id>/gjenapne", after_views.reopen, name="closing.reopen"),
    path("saker/<uuid:case_id>/oppfolging", after_views.followup, name="closing.followup"),
    path("oppfolging", after_views.followups, name="closing.followups"),
    path("innboks/<uuid:concern_id>/overfor", transfer_views.of_concern, name="closing.transfer.concern"),
    path("innboks/<uuid:concern_id>/overfort", transfer_views.take_in, name="closing.transfer.take_in"),
    path("saker/<uuid:case_id>/overfor", transfer_views.of_case, name="closing.transfer.case"),
]
