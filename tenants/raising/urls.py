"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.raising import views, words_views

urlpatterns: list[URLPattern] = [
    path("systemsaker", views.matters, name="raising.list"),
    path("systemsaker/ny", views.new, name="raising.new"),
    path("systemsaker/oppsett", views.setting, name="raising.setting"),
    path("systemsaker/<uuid:raised_id>", views.matter, name="raising.matter"),
    path("systemsaker/<uuid:raised_id>/rediger", views.edit, name="raising.edit"),
    path("systemsaker/<uuid:raised_id>/send", views.send, name="raising.send"),
    path("systemsaker/<uuid:raised_id>/endre", views.give_back, name="raising.give_back"),
    path("systemsaker/<uuid:raised_id>/ta-tilbake", views.take_back, name="raising.take_back"),
    path("systemsaker/<uuid:raised_id>/slett", views.drop, name="raising.drop"),
    path("systemsaker/<uuid:raised_id>/skriv", words_views.say, name="raising.say"),
    path("systemsaker/<uuid:raised_id>/trekk", words_views.withdraw, name="raising.withdraw"),
    path("systemsaker/<uuid:raised_id>/lest", words_views.mark_read, name="raising.read"),
    path("systemsaker/<uuid:raised_id>/ord/<uuid:word_id>", words_views.decide_word, name="raising.word"),
]
