"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.meeting import views, views_decision, views_item

urlpatterns: list[URLPattern] = [
    path("mote", views.meetings, name="meeting.list"),
    path("mote/ny", views.new, name="meeting.new"),
    path("mote/oppfolging/<uuid:decision_id>", views_decision.done, name="meeting.done"),
    path("mote/<uuid:meeting_id>", views.meeting, name="meeting.meeting"),
    path("mote/<uuid:meeting_id>/endre", views.change, name="meeting.change"),
    path("mote/<uuid:meeting_id>/deltakere", views.people, name="meeting.people"),
    path("mote/<uuid:meeting_id>/deltakere/<uuid:participant_id>/fjern", views.take_out, name="meeting.take_out"),
    path("mote/<uuid:meeting_id>/tilstand", views.move, name="meeting.move"),
    path("mote/<uuid:meeting_id>/generelt", views.general, name="meeting.general"),
    path("mote/<uuid:meeting_id>/saklista", views_item.agenda, name="meeting.agenda"),
    path("mote/<uuid:meeting_id>/punkt/<uuid:item_id>", views_item.point, name="meeting.point"),
    path("mote/<uuid:meeting_id>/punkt/<uuid:item_id>/plass", views_item.place, name="meeting.place"),
    path(
        "mote/<uuid:meeting_id>/punkt/<uuid:item_id>/beslutning/<uuid:decision_id>/feil",
        views_decision.wrong_decision,
        name="meeting.wrong_decision",
    ),
    path(
        "mote/<uuid:meeting_id>/punkt/<uuid:item_id>/grunnlag/<uuid:hearing_id>/feil",
        views_decision.wrong_hearing,
        name="meeting.wrong_hearing",
    ),
    path("mote/<uuid:meeting_id>/referat", views_item.minutes, name="meeting.minutes"),
    path("mote/<uuid:meeting_id>/invitasjon", views_item.invitation, name="meeting.invitation"),
]
