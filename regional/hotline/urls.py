"""Addresses of this room."""

from django.urls import path

from regional.hotline import views

urlpatterns = [
    path("vakttelefon", views.console, name="hotline.console"),
    path("vakttelefon/ny", views.new, name="hotline.new"),
    path("vakttelefon/tall", views.figures, name="hotline.figures"),
    path("vakttelefon/<uuid:call_id>", views.call, name="hotline.call"),
    path("vakttelefon/<uuid:call_id>/utkast", views.draft, name="hotline.draft"),
]
