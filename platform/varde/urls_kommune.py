"""Addresses of a kommune's host, in the order a concern walks. Rooms are named, not imported."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("varde.identity.urls")),
    path("", include("varde.audit.urls")),
    path("", include("varde.ui.urls")),
    path("", include("varde.ui.urls_help")),
    path("", include("tenants.team.urls")),
    path("", include("tenants.inbox.urls")),
    path("", include("tenants.persons.urls")),
    path("", include("tenants.triage.urls")),
    path("", include("tenants.cases.urls")),
    path("", include("tenants.risk.urls")),
    path("", include("tenants.measures.urls")),
    path("", include("tenants.closing.urls")),
    path("", include("tenants.joined.urls")),
    path("", include("tenants.meeting.urls")),
    path("", include("tenants.insight.urls")),
    path("", include("tenants.continuity.urls")),
    path("", include("tenants.kept.urls")),
    path("", include("tenants.outreach.urls")),
    path("", include("tenants.raising.urls")),
    path("", include("tenants.returns.urls")),
    path("", include("tenants.reporting.urls")),
    path("", include("tenants.starting.urls")),
    path("", include("shared.orders.urls_leaving")),
    path("", include("shared.merging.urls_kommune")),
    path("", include("shared.post.urls")),
]
handler400 = "varde.ui.errors.bad_request"
handler403 = "varde.ui.errors.forbidden"
handler404 = "varde.ui.errors.not_found"
handler500 = "varde.ui.errors.broken"
