"""Addresses of this room, in a region."""

from django.urls import path

from varde.machines import views

urlpatterns = [
    path("maskiner", views.machines, name="machines.machines"),
    path("maskiner/<uuid:machine_id>/trekk-tilbake", views.revoke, name="machines.revoke"),
]
