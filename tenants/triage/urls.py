"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.triage import (
    carry_views,
    deadlines_views,
    decide_views,
    duties_views,
    hold_views,
    lists_views,
    police_views,
    reopen_views,
    talk_views,
    views,
)

urlpatterns: list[URLPattern] = [
    path("innboks/<uuid:concern_id>/avklar", decide_views.decide, name="triage.decide"),
    path("innboks/<uuid:concern_id>/gjenapne", reopen_views.reopen, name="triage.reopen"),
    path("innboks/<uuid:concern_id>/plikter", duties_views.duties, name="triage.duties"),
    path("innboks/<uuid:concern_id>/politi", police_views.police, name="triage.police"),
    path("innboks/<uuid:concern_id>/stopp", hold_views.hold, name="triage.hold"),
    path("innboks/<uuid:concern_id>/ansvar", carry_views.carry, name="triage.carry"),
    path("droftinger", talk_views.talks, name="triage.talks"),
    path("droftinger/<uuid:talk_id>", talk_views.talk, name="triage.talk"),
    path("droftinger/<uuid:talk_id>/bekymring", talk_views.become, name="triage.talk_become"),
    path("innboks/<uuid:concern_id>/steg", views.step, name="triage.step"),
    path("frister", views.due, name="triage.due"),
    path("team/sjekkliste", lists_views.checklist, name="triage.checklist_list"),
    path("team/frister", deadlines_views.deadlines, name="triage.deadlines"),
]
