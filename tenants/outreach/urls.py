"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.outreach import cards_views, own_views, views, year_views

urlpatterns: list[URLPattern] = [
    path("informasjon", views.activities, name="outreach.list"),
    path("informasjon/ny", views.new, name="outreach.new"),
    path("informasjon/plan", views.numbers, name="outreach.numbers"),
    path("informasjon/kort", cards_views.cards, name="outreach.cards"),
    path("informasjon/kort/plakat", cards_views.poster_pdf, name="outreach.poster"),
    path("informasjon/kort/<str:language>", cards_views.words, name="outreach.card_words"),
    path("sprak/<str:language>", cards_views.public, name="outreach.public"),
    path("informasjon/arsrapport/<int:year>", year_views.year_report, name="outreach.year"),
    path("informasjon/arsrapport/<int:year>/utskrift", year_views.year_pdf, name="outreach.year_pdf"),
    path(
        "informasjon/arsrapport/<int:year>/tidligere/<uuid:office_id>",
        year_views.former_pdf,
        name="outreach.former_year",
    ),
    path("informasjon/arsrapport/<int:year>/vurdering", year_views.words, name="outreach.year_words"),
    path("informasjon/arsrapport/<int:year>/godkjenn", year_views.approve, name="outreach.year_approve"),
    path("informasjon/egne-saker", own_views.own, name="outreach.own"),
    path("informasjon/egne-saker/<uuid:own_id>/slett", own_views.remove, name="outreach.own_remove"),
    path("informasjon/<uuid:activity_id>", views.activity, name="outreach.activity"),
    path("informasjon/<uuid:activity_id>/slett", views.remove, name="outreach.remove"),
]
