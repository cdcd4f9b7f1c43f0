"""Addresses of this room: the public pages, the API, and the team's inbox."""

from django.urls import URLPattern, path

from tenants.inbox import api, attachments_views, views, views_public, views_search, views_who

urlpatterns: list[URLPattern] = [
    path("", views_public.about, name="inbox.about"),
    path("meld", views_public.choose, name="inbox.choose"),
    path("meld/privat", views_public.report, {"kind": "privat"}, name="inbox.report.private"),
    path("meld/ansatt", views_public.report, {"kind": "ansatt"}, name="inbox.report.employee"),
    path("meld/oppgave", views_public.challenge, name="inbox.challenge"),
    path("personvern", views_public.privacy, name="inbox.privacy"),
    path("kvittering", views_public.receipt, name="inbox.receipt"),
    path("api/v1/reports", api.reports, name="inbox.api.reports"),
    path("api/v1/reports/<str:receipt>", api.report, name="inbox.api.report"),
    path("api/schema", api.schema, name="inbox.api.schema"),
    path("sok", views_search.look, name="inbox.search"),
    path("innboks", views.inbox, name="inbox.list"),
    path("innboks/ny", views.new, name="inbox.new"),
    path("innboks/<uuid:concern_id>", views.concern, name="inbox.concern"),
    path("innboks/<uuid:concern_id>/vedlegg/<uuid:attachment_id>/kopi", attachments_views.copy, name="inbox.copy"),
    path(
        "innboks/<uuid:concern_id>/vedlegg/<uuid:attachment_id>/original",
        attachments_views.original,
        name="inbox.original",
    ),
    path("innboks/<uuid:concern_id>/apne", views.open_it, name="inbox.open"),
    path("innboks/<uuid:concern_id>/melding", views.message, name="inbox.message"),
    path("innboks/<uuid:concern_id>/tilgang", views_who.who, name="inbox.who"),
    path("innboks/<uuid:concern_id>/tilgang/steng", views_who.deny, name="inbox.deny"),
    path("innboks/<uuid:concern_id>/tilgang/inhabil", views_who.step_back, name="inbox.step_back"),
    path("innboks/<uuid:concern_id>/tilgang/<uuid:denial_id>/opphev", views_who.lift, name="inbox.lift"),
    path("innboks/<uuid:concern_id>/tilgang/skjerm", views_who.cover, name="inbox.cover"),
    path("innboks/<uuid:concern_id>/tilgang/apne", views_who.uncover, name="inbox.uncover"),
]
