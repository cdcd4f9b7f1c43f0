"""Addresses of the platform's own staff. Rooms are named, not imported: the ground knows none of them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("varde.identity.urls_front")),
    path("", include("varde.identity.urls")),
    path("", include("varde.audit.urls")),
    path("", include("varde.ui.urls")),
    path("", include("varde.ui.urls_help")),
    path("", include("shared.registry.urls_drift")),
    path("", include("shared.orders.urls_drift")),
    path("", include("shared.merging.urls_drift")),
    path("", include("shared.post.urls")),
]
handler400 = "varde.ui.errors.bad_request"
handler403 = "varde.ui.errors.forbidden"
handler404 = "varde.ui.errors.not_found"
handler500 = "varde.ui.errors.broken"
