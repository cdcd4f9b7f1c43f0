"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.cases import views, views_form, views_glass, views_list

urlpatterns: list[URLPattern] = [
    path("saker", views_list.cases, name="cases.list"),
    path("saker/<uuid:case_id>", views.case, name="cases.case"),
    path("saker/<uuid:case_id>/notat", views.note, name="cases.note"),
    path("saker/<uuid:case_id>/medlemmer", views.put_on, name="cases.put_on"),
    path("saker/<uuid:case_id>/medlemmer/<uuid:user_id>/fjern", views.take_off, name="cases.take_off"),
    path("saker/<uuid:case_id>/steg", views.step, name="cases.step"),
    path("saker/<uuid:case_id>/skjema", views_form.registration, name="cases.registration"),
    path("nodapning", views_glass.overview, name="cases.glass"),
    path("nodapning/<uuid:request_id>/svar", views_glass.answer, name="cases.glass.answer"),
    path("nodapning/<uuid:request_id>/avslutt", views_glass.end, name="cases.glass.end"),
]
