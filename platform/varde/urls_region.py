"""Addresses of a region's host. Rooms are named, not imported: the ground knows none of them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("varde.identity.urls_front")),
    path("", include("varde.identity.urls")),
    path("", include("varde.audit.urls")),
    path("", include("varde.ui.urls")),
    path("", include("varde.ui.urls_help")),
    path("", include("varde.machines.urls")),
    path("", include("regional.phone.urls")),
    path("", include("regional.lines.urls")),
    path("", include("regional.hotline.urls")),
    path("", include("regional.delivery.urls")),
    path("", include("regional.cooperation.urls")),
    path("", include("regional.leaders.urls")),
    path("", include("regional.matters.urls")),
    path("", include("regional.plan.urls")),
    path("", include("regional.releases.urls")),
    path("", include("regional.dashboard.urls")),
    path("", include("regional.meetings.urls")),
    path("", include("regional.onboarding.urls")),
    path("", include("regional.overview.urls")),
    path("", include("regional.bufdir.urls")),
    path("", include("shared.orders.urls_leaving")),
    path("", include("shared.post.urls")),
]
handler400 = "varde.ui.errors.bad_request"
handler403 = "varde.ui.errors.forbidden"
handler404 = "varde.ui.errors.not_found"
handler500 = "varde.ui.errors.broken"
