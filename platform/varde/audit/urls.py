"""Addresses of this room."""

from django.urls import URLPattern, path

from varde.audit import views, views_control

urlpatterns: list[URLPattern] = [
    path("innsynslogg", views.log, name="audit.log"),
    path("innsynslogg/tidligere/<uuid:office_id>", views.former_log, name="audit.former"),
    path("innsynslogg/utskrift", views_control.ask_extract, name="audit.ask_extract"),
    path("innsynslogg/utskrift/<uuid:matter_id>", views_control.show_extract, name="audit.extract"),
    path("innsynslogg/kontroll", views_control.control, name="audit.control"),
    path("innsynslogg/kontroll/<uuid:finding_id>", views_control.one_finding, name="audit.finding"),
    path("innsynslogg/anker", views_control.anchors, name="audit.anchors"),
]
