"""Addresses of this room."""

from django.urls import path

from tenants.starting import agreement_views, lends_views, pages_views, views

urlpatterns = [
    path("oppstart", views.overview, name="starting.overview"),
    path("oppstart/steg/<slug:code>", views.step, name="starting.step"),
    path("oppstart/steg/<slug:code>/dokument", views.add_document, name="starting.add_document"),
    path("oppstart/dokument/<uuid:document_id>", views.document, name="starting.document"),
    path("oppstart/siden", pages_views.looks, name="starting.looks"),
    path("oppstart/telefon", pages_views.phone, name="starting.phone"),
    path("oppstart/prove", pages_views.trial, name="starting.trial"),
    path("oppstart/bufdir", pages_views.bufdir, name="starting.bufdir"),
    path("oppstart/bufdir/brev", pages_views.bufdir_letter, name="starting.bufdir_letter"),
    path("oppstart/apne", pages_views.open_here, name="starting.open"),
    path("samarbeidsavtale", agreement_views.agreement, name="starting.agreement"),
    path("samarbeidsavtale/ut", agreement_views.leave, name="starting.leave"),
    path("samarbeidsavtale/bli", agreement_views.stay, name="starting.stay"),
    path("samarbeidsavtale/utlan", lends_views.lends, name="starting.lends"),
    path("samarbeidsavtale/brev/<uuid:notice_id>", agreement_views.notice, name="starting.notice"),
]
