"""Addresses of this room."""

from django.urls import path

from regional.leaders import views

urlpatterns = [path("lederteam", views.leader_team, name="leaders.team")]
