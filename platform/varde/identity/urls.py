"""Addresses of this room, in every type of office."""

from django.urls import URLPattern, path

from varde.identity import draft_views, kept, people_views, saved_views, views
from varde.identity.oidc.urls import urlpatterns as provider_patterns

urlpatterns: list[URLPattern] = [
    *kept.urlpatterns,
    *provider_patterns,
    path("start", views.start, name="identity.start"),
    path("konto", views.account, name="identity.account"),
    path("konto/utkast", draft_views.draft, name="identity.draft"),
    path("konto/fortsett/<uuid:draft_id>", draft_views.go_on, name="identity.go_on"),
    path("utvalg/<slug:place>", saved_views.views, name="identity.saved"),
    path("utvalg/en/<uuid:view_id>", saved_views.change, name="identity.saved_view"),
    path("konto/totrinn/koder", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/totrinn/koder/nye", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("aktiver/<str:uid>/<str:token>", views.activate, name="identity.activate"),
    path("folk", people_views.people, name="identity.people"),
    path("folk/ny", people_views.invite, name="identity.invite"),
    path("folk/<uuid:user_id>", people_views.person, name="identity.person"),
    path("folk/<uuid:user_id>/roller", people_views.roles, name="identity.roles"),
    path("folk/<uuid:user_id>/utlaan", people_views.lender, name="identity.lender"),
    path("folk/<uuid:user_id>/konto", people_views.active, name="identity.active"),
    path("folk/<uuid:user_id>/koble-fra", people_views.loose, name="identity.loose"),
    path("folk/<uuid:user_id>/lenke", people_views.new_link, name="identity.link"),
]
