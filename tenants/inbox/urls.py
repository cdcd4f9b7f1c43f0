"""Addresses of this room: the public pages, the API, and the team's inbox."""

from django.urls import URLPattern, path

from tenants.inbox import api, views, views_public

urlpatterns: list[URLPattern] = [
    path("", views_public.about, name="inbox.about"),
    path("meld", views_public.choose, name="inbox.choose"),
    path("meld/privat", views_public.report, {"kind": "privat"}, name="inbox.report.private"),
    path("meld/ansatt", views_public.report, {"kind": "ansatt"}, name="inbox.report.employee"),
    path("personvern", views_public.privacy, name="inbox.privacy"),
    path("kvittering", views_public.receipt, name="inbox.receipt"),
    path("api/v1/reports", api.reports, name="inbox.api.reports"),
    path("api/v1/reports/<str:receipt>", api.report, name="inbox.api.report"),
    path("api/schema", api.schema, name="inbox.api.schema"),
    path("innboks", views.inbox, name="inbox.list"),
    path("innboks/ny", views.new, name="inbox.new"),
    path("innboks/<uuid:concern_id>", views.concern, name="inbox.concern"),
    path("innboks/<uuid:concern_id>/apne", views.open_it, name="inbox.open"),
    path("innboks/<uuid:concern_id>/melding", views.message, name="inbox.message"),
]
