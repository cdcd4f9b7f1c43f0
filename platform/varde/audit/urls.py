"""Addresses of this room."""

from django.urls import URLPattern, path

from varde.audit import views

urlpatterns: list[URLPattern] = [path("innsynslogg", views.log, name="audit.log")]
