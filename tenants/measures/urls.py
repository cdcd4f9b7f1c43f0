"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.measures import again_views, contacts_views, requests_views, safety_views, sharing_views, views

urlpatterns: list[URLPattern] = [
    path("tiltak", views.measures, name="measures.list"),
    path("tiltak/<uuid:measure_id>", views.measure, name="measures.measure"),
    path("tiltak/<uuid:measure_id>/igjen", again_views.measure, name="measures.again"),
    path("saker/<uuid:case_id>/foresporsler/<uuid:request_id>/igjen", again_views.asked, name="measures.request_again"),
    path("saker/<uuid:case_id>/tiltak", views.new, name="measures.new"),
    path("saker/<uuid:case_id>/trygghetsplan", safety_views.plan, name="measures.safety"),
    path("saker/<uuid:case_id>/trygghetsplan/pdf", safety_views.paper, name="measures.safety_paper"),
    path("saker/<uuid:case_id>/kontakter", contacts_views.contacts, name="measures.contacts"),
    path("innboks/<uuid:concern_id>/kontakter", contacts_views.early_contacts, name="measures.early_contacts"),
    path("innboks/<uuid:concern_id>/deling", sharing_views.early_sharing, name="measures.early_sharing"),
    path(
        "innboks/<uuid:concern_id>/deling/<uuid:sharing_id>/trekk",
        sharing_views.early_revoke,
        name="measures.early_revoke",
    ),
    path("saker/<uuid:case_id>/foresporsler", requests_views.requests, name="measures.requests"),
    path("saker/<uuid:case_id>/foresporsler/<uuid:request_id>", requests_views.one, name="measures.request"),
    path("foresporsler", requests_views.given, name="measures.given"),
    path("foresporsler/<uuid:request_id>", requests_views.given_one, name="measures.given_one"),
    path("saker/<uuid:case_id>/deling", sharing_views.sharing, name="measures.sharing"),
    path("saker/<uuid:case_id>/deling/<uuid:sharing_id>/trekk", sharing_views.revoke, name="measures.revoke"),
    path("delt/<str:key>", sharing_views.shared, name="measures.shared"),
]
