"""Addresses of this room."""

from django.urls import path

from regional.cooperation import agreement_views, money_views, steps_views, views, views_templates

urlpatterns = [
    path("samarbeid", views.cooperation, name="cooperation.members"),
    path("samarbeid/avtale", agreement_views.agreement, name="cooperation.agreement"),
    path("samarbeid/avtale/ny", agreement_views.new, name="cooperation.new"),
    path("samarbeid/avtale/endre/<slug:part>", agreement_views.amend, name="cooperation.amend"),
    path("samarbeid/avtale/utgaver", agreement_views.versions, name="cooperation.versions"),
    path(
        "samarbeid/avtale/utgaver/<uuid:agreement_id>/<int:number>",
        agreement_views.version,
        name="cooperation.version",
    ),
    path(
        "samarbeid/avtale/utgaver/<uuid:agreement_id>/<int:number>/pdf",
        agreement_views.version_pdf,
        name="cooperation.version_pdf",
    ),
    path(
        "samarbeid/avtale/utgaver/<uuid:agreement_id>/<int:number>/send",
        agreement_views.version_send,
        name="cooperation.version_send",
    ),
    path("samarbeid/avtale/penger", money_views.year, name="cooperation.money"),
    path("samarbeid/avtale/penger/<int:number>", money_views.year, name="cooperation.money_year"),
    path("samarbeid/avtale/penger/<int:number>/endre", money_views.edit, name="cooperation.money_edit"),
    path("samarbeid/avtale/penger/<int:number>/fordel", money_views.share, name="cooperation.money_share"),
    path("samarbeid/avtale/penger/<int:number>/xlsx", money_views.sheet, name="cooperation.money_sheet"),
    path("samarbeid/avtale/dokumenter/nytt", money_views.document_new, name="cooperation.document_new"),
    path("samarbeid/avtale/dokumenter/<uuid:document_id>", money_views.document, name="cooperation.document"),
    path("samarbeid/steg", steps_views.overview, name="cooperation.steps"),
    path("samarbeid/steg/ny/<slug:word>", steps_views.begin, name="cooperation.step_begin"),
    path("samarbeid/steg/<uuid:step_id>", steps_views.step, name="cooperation.step"),
    path("samarbeid/steg/<uuid:step_id>/send", steps_views.send, name="cooperation.step_send"),
    path("samarbeid/steg/<uuid:step_id>/gjennomfor", steps_views.finish, name="cooperation.step_finish"),
    path("samarbeid/steg/<uuid:step_id>/avbryt", steps_views.cancel, name="cooperation.step_cancel"),
    path("samarbeid/steg/<uuid:step_id>/trekk", steps_views.take_back, name="cooperation.step_take_back"),
    path("samarbeid/maler", views_templates.templates, name="cooperation.templates"),
    path(
        "samarbeid/maler/<uuid:template_id>/send",
        views_templates.send_to_the_rest,
        name="cooperation.send_to_the_rest",
    ),
]
