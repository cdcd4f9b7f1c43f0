"""Addresses of this room."""

from django.urls import path

from regional.lines import number_views, views
from regional.lines.api import lines

urlpatterns = [
    path("vakttelefon/drift", views.overview, name="lines.overview"),
    path("vakttelefon/drift/oppsett", views.setups, name="lines.setups"),
    path("vakttelefon/drift/oppsett/ny", views.setup_new, name="lines.setup_new"),
    path("vakttelefon/drift/oppsett/<uuid:kommune>/avlys", views.setup_cancel, name="lines.setup_cancel"),
    path("vakttelefon/drift/numre", number_views.numbers, name="lines.numbers"),
    path("vakttelefon/drift/numre/ny", number_views.line_new, name="lines.line_new"),
    path("vakttelefon/drift/numre/pek", number_views.point, name="lines.point"),
    path("vakttelefon/drift/numre/<uuid:line_id>", number_views.line, name="lines.line"),
    path("vakttelefon/drift/numre/<uuid:line_id>/telefoner", number_views.ring, name="lines.ring"),
    path("vakttelefon/drift/numre/<uuid:line_id>/avslutt", number_views.line_close, name="lines.line_close"),
    path("vakttelefon/drift/hilsener", number_views.words, name="lines.words"),
    path("vakttelefon/drift/hilsener/<slug:service>", number_views.words_new, name="lines.words_new"),
    path("vakttelefon/drift/akuttavtale", number_views.agreement, name="lines.agreement"),
    path("api/v1/lines", lines, name="lines.api"),
]
