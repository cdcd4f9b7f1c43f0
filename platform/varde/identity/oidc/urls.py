"""Addresses of log-in at a provider."""

from django.urls import URLPattern, path

from varde.identity.oidc import views

urlpatterns: list[URLPattern] = [
    path("inn/leverandor/<uuid:provider_id>", views.begin, name="oidc.begin"),
    path("inn/leverandor/<uuid:provider_id>/tilbake", views.back, name="oidc.back"),
    path("inn/leverandor/<uuid:provider_id>/ferdig", views.finish, name="oidc.finish"),
    path("inn/leverandor/<uuid:provider_id>/utlogging", views.back_channel, name="oidc.back_channel"),
    path("aktiver/<str:uid>/<str:token>/<uuid:provider_id>", views.begin_binding, name="oidc.bind"),
]
