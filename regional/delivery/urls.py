"""Addresses of this room."""

from django.urls import path

from regional.delivery import views

urlpatterns = [
    path("vakttelefon/kom-tilbake", views.came_back, name="delivery.came_back"),
    path("vakttelefon/kom-tilbake/<uuid:returned_id>", views.send_on, name="delivery.send_on"),
    path("vakttelefon/drift/levering", views.waits, name="delivery.waits"),
    path("vakttelefon/drift/prove", views.test, name="delivery.test"),
]
