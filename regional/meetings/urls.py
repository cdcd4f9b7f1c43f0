"""Addresses of this room."""

from django.urls import URLPattern, path

from regional.meetings import views, views_entered, views_item, views_meeting, views_minutes, views_papers

_ALL = "lederteam/moter"
_ONE = f"{_ALL}/<uuid:meeting_id>"
_POINT = f"{_ONE}/punkt/<uuid:item_id>"

urlpatterns: list[URLPattern] = [
    path(_ALL, views.meetings, name="meetings.list"),
    path(f"{_ALL}/plan", views.plan, name="meetings.plan"),
    path(f"{_ALL}/valg", views.rules, name="meetings.rules"),
    path(f"{_ALL}/ny", views.new, name="meetings.new"),
    path(f"{_ALL}/holdt", views_entered.entered, name="meetings.entered"),
    path(f"{_ALL}/kalenderadresse", views.feed_made, name="meetings.feed_made"),
    path(f"{_ALL}/kalenderadresse/avslutt", views.feed_ended, name="meetings.feed_ended"),
    path(f"{_ALL}/kalender/<str:secret>.ics", views.feed, name="meetings.feed"),
    path(f"{_ALL}/beslutning/<uuid:decision_id>", views_minutes.decision, name="meetings.decision"),
    path(f"{_ALL}/beslutning/<uuid:decision_id>/feil", views_minutes.decision_wrong, name="meetings.decision_wrong"),
    path(_ONE, views_meeting.meeting, name="meetings.meeting"),
    path(f"{_ONE}/holdt", views_entered.entered, name="meetings.entered_one"),
    path(f"{_ONE}/endre", views_meeting.change, name="meetings.change"),
    path(f"{_ONE}/innkalling", views_meeting.call, name="meetings.call"),
    path(f"{_ONE}/innkalling/flere", views_meeting.call_more, name="meetings.call_more"),
    path(f"{_ONE}/innkalling/pdf", views_papers.call_pdf, name="meetings.call_pdf"),
    path(f"{_ONE}/kalender", views_papers.calendar, name="meetings.calendar"),
    path(f"{_ONE}/saklisten", views_meeting.agenda, name="meetings.agenda"),
    path(f"{_ONE}/oppmote", views_meeting.attendance, name="meetings.attendance"),
    path(f"{_ONE}/ledelse", views_meeting.offices, name="meetings.offices"),
    path(f"{_ONE}/tilstand", views_meeting.move, name="meetings.move"),
    path(f"{_ONE}/referat", views_papers.minutes_pdf, name="meetings.minutes"),
    path(f"{_ONE}/godkjenn", views_minutes.approve, name="meetings.approve"),
    path(f"{_ONE}/tillegg", views_minutes.addendum, name="meetings.addendum"),
    path(f"{_ONE}/vedlegg/<uuid:paper_id>", views_item.paper, name="meetings.paper"),
    path(f"{_ONE}/vedlegg/<uuid:paper_id>/fjern", views_item.paper_gone, name="meetings.paper_gone"),
    path(_POINT, views_item.point, name="meetings.point"),
    path(f"{_POINT}/plass", views_item.place, name="meetings.place"),
    path(f"{_POINT}/innkall", views_item.guest, name="meetings.guest"),
    path(f"{_POINT}/vedlegg", views_item.paper_add, name="meetings.paper_add"),
]
