"""Addresses of this room."""

from django.urls import URLPattern, path

from regional.releases import views, views_ask, views_ledger, views_outside, views_wish

_HERE, _BOOK = "statistikk/utgivelser", "statistikk/hovedbok"
urlpatterns: list[URLPattern] = [
    path(_HERE, views.home, name="releases.home"),
    path(f"{_HERE}/lukk/<str:period>", views_ask.close, name="releases.close"),
    path(f"{_HERE}/be-om/<str:period>", views_ask.ask, name="releases.ask"),
    path(f"{_HERE}/kjent-fra-andre", views_outside.outside, name="releases.outside"),
    path(f"{_HERE}/regel", views_ask.rule, name="releases.rule"),
    path(f"{_HERE}/etterretning", views_ask.settle, name="releases.settle"),
    path(f"{_HERE}/oppdrag/<uuid:wish_id>", views_wish.one, name="releases.wish"),
    path(f"{_HERE}/oppdrag/<uuid:wish_id>/stand", views_wish.state, name="releases.wish_state"),
    path(f"{_HERE}/oppdrag/<uuid:wish_id>/godkjenn", views_wish.approve, name="releases.approve"),
    path(f"{_HERE}/oppdrag/<uuid:wish_id>/forkast", views_wish.drop, name="releases.drop"),
    path(f"{_HERE}/<int:number>", views.one, name="releases.one"),
    path(f"{_HERE}/<int:number>/json", views.frozen, name="releases.frozen"),
    path(f"{_HERE}/<int:number>/trekk-tilbake", views_ask.withdraw, name="releases.withdraw"),
    path(_BOOK, views_ledger.ledger, name="releases.ledger"),
    path(f"{_BOOK}/<int:number>", views_ledger.entry, name="releases.entry"),
    path(f"{_BOOK}/<int:number>/ta-bort-teksten", views_ledger.blank, name="releases.blank"),
]
