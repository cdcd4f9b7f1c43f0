"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.triage import (
    carry_views,
    deadlines_views,
    decide_views,
    duties_views,
    hold_views,
    lists_views,
    notes_views,
    police_views,
    rate_views,
    reopen_views,
    step_text_views,
    talk_views,
    tell_views,
    views,
)

urlpatterns: list[URLPattern] = [
    path("innboks/<uuid:concern_id>/avklar", decide_views.decide, name="triage.decide"),
    path("innboks/<uuid:concern_id>/gjenapne", reopen_views.reopen, name="triage.reopen"),
    path("innboks/<uuid:concern_id>/plikter", duties_views.duties, name="triage.duties"),
    path("innboks/<uuid:concern_id>/plikter/<uuid:telling_id>", tell_views.telling, name="triage.telling"),
    path("innboks/<uuid:concern_id>/hastegrad", rate_views.rate, name="triage.rate"),
    path("innboks/<uuid:concern_id>/ringt", rate_views.called, name="triage.called"),
    path("innboks/<uuid:concern_id>/notat", notes_views.note, name="triage.note"),
    path("innboks/<uuid:concern_id>/politi", police_views.police, name="triage.police"),
    path("innboks/<uuid:concern_id>/stopp", hold_views.hold, name="triage.hold"),
    path("innboks/<uuid:concern_id>/ansvar", carry_views.carry, name="triage.carry"),
    path("droftinger", talk_views.talks, name="triage.talks"),
    path("droftinger/<uuid:talk_id>", talk_views.talk, name="triage.talk"),
    path("droftinger/<uuid:talk_id>/slett", talk_views.end, name="triage.talk_end"),
    path("droftinger/<uuid:talk_id>/bekymring", talk_views.become, name="triage.talk_become"),
    path("innboks/<uuid:concern_id>/steg", views.step, name="triage.step"),
    path("innboks/<uuid:concern_id>/steg/tekst", step_text_views.text, name="triage.step_text"),
    path("innboks/<uuid:concern_id>/steg/<uuid:step_id>/rett", step_text_views.done_step, name="triage.step_right"),
    path("frister", views.due, name="triage.due"),
    path("team/sjekkliste", lists_views.checklist, name="triage.checklist_list"),
    path("team/frister", deadlines_views.deadlines, name="triage.deadlines"),
]
