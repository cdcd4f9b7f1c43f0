"""Addresses of the register."""

from django.urls import URLPattern, path

from tenants.team import register_views as views

urlpatterns: list[URLPattern] = [
    path("team/register", views.overview, name="team.register"),
    path("team/register/opplaering", views.training, name="team.training"),
    path("team/register/opplaering/<uuid:training_id>/feil", views.wrong_training, name="team.training_wrong"),
    path("team/register/moduler", views.modules, name="team.modules"),
    path("team/register/timer", views.hours, name="team.role_hours"),
    path("team/register/mandat", views.mandate, name="team.mandate"),
    path("team/register/rutiner/ny", views.routine, name="team.routine_new"),
    path("team/register/rutiner/<uuid:routine_id>", views.routine, name="team.routine"),
    path("team/register/overlevering", views.leave, name="team.leave"),
    path("team/register/overlevering/<uuid:handover_id>", views.handover, name="team.handover"),
    path("team/register/overlevering/<uuid:handover_id>/endre", views.handover_change, name="team.handover_change"),
]
