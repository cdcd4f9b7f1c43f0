"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.outreach import views

urlpatterns: list[URLPattern] = [
    path("informasjon", views.activities, name="outreach.list"),
    path("informasjon/ny", views.new, name="outreach.new"),
    path("informasjon/plan", views.numbers, name="outreach.numbers"),
    path("informasjon/kort", views.cards, name="outreach.cards"),
    path("informasjon/kort/plakat", views.poster_pdf, name="outreach.poster"),
    path("informasjon/arsrapport/<int:year>", views.year_report, name="outreach.year"),
    path("informasjon/arsrapport/<int:year>/utskrift", views.year_pdf, name="outreach.year_pdf"),
    path("informasjon/<uuid:activity_id>", views.activity, name="outreach.activity"),
    path("informasjon/<uuid:activity_id>/slett", views.remove, name="outreach.remove"),
]
