"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.risk import views, views_templates

urlpatterns: list[URLPattern] = [
    path("saker/<uuid:case_id>/risiko", views.of_case, name="risk.of_case"),
    path("risiko/maler", views_templates.templates, name="risk.templates"),
    path("risiko/<uuid:assessment_id>", views.assessment, name="risk.assessment"),
    path("risiko/<uuid:assessment_id>/pdf", views.pdf, name="risk.pdf"),
]
