"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.kept import views, views_classes

urlpatterns: list[URLPattern] = [
    path("oppbevaring", views.ready, name="kept.ready"),
    path("oppbevaring/slettet", views.gone, name="kept.gone"),
    path("oppbevaring/uten-sak", views.clear, name="kept.clear"),
    path("oppbevaring/<uuid:concern_id>", views.matter, name="kept.matter"),
    path("oppbevaring/<uuid:concern_id>/pakke", views.make_bundle, name="kept.bundle"),
    path("oppbevaring/<uuid:concern_id>/arkivert", views.archived, name="kept.archived"),
    path("oppbevaring/<uuid:concern_id>/uten-fil", views.without, name="kept.without"),
    path("oppbevaring/<uuid:concern_id>/behold", views.longer, name="kept.longer"),
    path("oppbevaring/<uuid:concern_id>/trekk", views.regret, name="kept.regret"),
    path("team/oppbevaring", views_classes.classes, name="kept.classes"),
    path("team/oppbevaring/<str:code>", views_classes.one, name="kept.class"),
]
