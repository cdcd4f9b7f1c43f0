"""The front door of offices without a public page."""

from django.urls import URLPattern, path

from varde.identity import views

urlpatterns: list[URLPattern] = [path("", views.front, name="identity.front")]
