"""Addresses of this room."""

from django.urls import path

from regional.cooperation import views, views_templates

urlpatterns = [
    path("samarbeid", views.cooperation, name="cooperation.members"),
    path("samarbeid/maler", views_templates.templates, name="cooperation.templates"),
    path(
        "samarbeid/maler/<uuid:template_id>/send",
        views_templates.send_to_the_rest,
        name="cooperation.send_to_the_rest",
    ),
]
