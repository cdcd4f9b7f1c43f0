"""Addresses of the public host. Rooms are named, not imported: the ground knows none of them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shared.registry.urls_public")),
    path("", include("varde.ui.urls")),
]
handler400 = "varde.ui.errors.bad_request"
handler403 = "varde.ui.errors.forbidden"
handler404 = "varde.ui.errors.not_found"
handler500 = "varde.ui.errors.broken"
