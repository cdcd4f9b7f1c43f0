"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.joined import major_views, views

urlpatterns: list[URLPattern] = [
    path("innboks/<uuid:concern_id>/sla-sammen", views.join, name="joined.join"),
    path("innboks/<uuid:concern_id>/skill-fra", views.split, name="joined.split"),
    path("stor-sak", major_views.overview, name="joined.majors"),
    path("stor-sak/ny", major_views.new, name="joined.major.new"),
    path("stor-sak/<uuid:major_id>", major_views.major, name="joined.major"),
]
