"""Addresses of this room."""

from django.urls import path

from regional.leaders import change_views, people_views, views

urlpatterns = [
    path("lederteam", views.leader_team, name="leaders.team"),
    path("lederteam/rullering", views.rotation, name="leaders.rotation"),
    path("lederteam/rullering/<uuid:table_id>", views.earlier, name="leaders.earlier"),
    path("lederteam/rettferdig", views.fair, name="leaders.fair"),
    path("lederteam/vedtak", views.history, name="leaders.history"),
    path("lederteam/fil/<slug:ending>", views.file, name="leaders.file"),
    path("lederteam/endre", change_views.choose, name="leaders.choose"),
    path("lederteam/endre/<slug:kind>", change_views.change, name="leaders.change"),
    path("lederteam/ny/rullering", change_views.new_rotation, name="leaders.new_rotation"),
    path("lederteam/ny/gruppe", change_views.new_body, name="leaders.new_body"),
    path("lederteam/folk", people_views.people, name="leaders.people"),
    path("lederteam/folk/ny", people_views.person_new, name="leaders.person_new"),
    path("lederteam/folk/<uuid:term_id>", people_views.person, name="leaders.person"),
    path("lederteam/folk/<uuid:term_id>/feil", people_views.person_wrong, name="leaders.person_wrong"),
    path("lederteam/plass/ny", people_views.place_new, name="leaders.place_new"),
    path("lederteam/plass/<uuid:place_id>", people_views.place, name="leaders.place"),
]
