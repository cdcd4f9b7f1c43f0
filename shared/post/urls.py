"""Addresses of this room."""

from django.urls import path

from shared.post import views

urlpatterns = [
    path("post", views.status, name="post.status"),
    path("post/<uuid:finding_id>/pa-nytt", views.again, name="post.again"),
]
