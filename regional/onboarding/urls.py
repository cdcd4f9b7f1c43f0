"""Addresses of this room."""

from django.urls import path

from regional.onboarding import views

urlpatterns = [
    path("samarbeid/nye-kommuner", views.overview, name="onboarding.overview"),
    path("samarbeid/nye-kommuner/inviter", views.invite, name="onboarding.invite"),
    path("samarbeid/nye-kommuner/<uuid:kommune_id>", views.kommune, name="onboarding.kommune"),
    path("samarbeid/nye-kommuner/bestilling/<uuid:order_id>/trekk", views.take_back, name="onboarding.take_back"),
    path("samarbeid/nye-kommuner/bestilling/<uuid:order_id>/ny-lenke", views.new_link, name="onboarding.new_link"),
]
