"""Addresses of this room."""

from django.urls import path

from shared.post import views

urlpatterns = [path("post", views.status, name="post.status")]
