"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.insight import inquiry_views, review_views, statement_views, views

urlpatterns: list[URLPattern] = [
    path("innsyn", views.waiting, name="insight.waiting"),
    path("innsyn/ny", inquiry_views.new, name="insight.inquiry_new"),
    path("innsyn/frister", inquiry_views.deadlines, name="insight.deadlines"),
    path("innsyn/uten-sak/<uuid:inquiry_id>", inquiry_views.one, name="insight.inquiry"),
    path("innsyn/uten-sak/<uuid:inquiry_id>/treff", inquiry_views.judge, name="insight.inquiry_judge"),
    path("innsyn/uten-sak/<uuid:inquiry_id>/bekreftelse", inquiry_views.received, name="insight.inquiry_received"),
    path("innsyn/uten-sak/<uuid:inquiry_id>/brev", inquiry_views.letter, name="insight.inquiry_letter"),
    path("innboks/<uuid:concern_id>/innsyn", views.of_matter, name="insight.matter"),
    path("innsynskrav/<uuid:access_id>", views.one, name="insight.request"),
    path("innsynskrav/<uuid:access_id>/gjennomga", review_views.review, name="insight.review"),
    path("innsynskrav/<uuid:access_id>/gi", views.give, name="insight.give"),
    path("innsynskrav/<uuid:access_id>/dokument/<int:number>", views.copy, name="insight.copy"),
    path("innsynskrav/<uuid:access_id>/dokument/<int:number>/alt", views.whole, name="insight.whole"),
    path("innsynskrav/<uuid:access_id>/dokument/<int:number>/vedlegg/<int:place>", views.file, name="insight.file"),
    path("innboks/<uuid:concern_id>/innvendinger", statement_views.of_matter, name="insight.statements"),
    path("innvendinger/<uuid:statement_id>", statement_views.one, name="insight.statement"),
]
