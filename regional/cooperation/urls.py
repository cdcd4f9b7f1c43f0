"""Addresses of this room."""

from django.urls import path

from regional.cooperation import views

urlpatterns = [path("samarbeid", views.cooperation, name="cooperation.members")]
