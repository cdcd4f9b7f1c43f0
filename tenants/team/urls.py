"""Addresses of this room."""

from django.urls import URLPattern, path

from tenants.team import cards_views, partners_views, register_urls, rota_views, views

urlpatterns: list[URLPattern] = [
    path("team", views.team, name="team.team"),
    path("team/partnere", partners_views.partners, name="team.partners"),
    path("team/partnere/ny", partners_views.new, name="team.partner_new"),
    path("team/partnere/politiforsok", partners_views.police_try, name="team.police_try"),
    path("team/partnere/<uuid:partner_id>", partners_views.partner, name="team.partner"),
    path("team/partnere/<uuid:partner_id>/endre", partners_views.change, name="team.partner_change"),
    path("team/partnere/<uuid:partner_id>/tilstand", partners_views.state, name="team.partner_state"),
    path("team/partnere/<uuid:partner_id>/kontakt", partners_views.contact, name="team.partner_contact"),
    path("team/vakt", rota_views.rota, name="team.rota"),
    path("team/vakt.ics", rota_views.own_calendar, name="team.own_calendar"),
    path("team/vakt/kalender/<str:secret>.ics", rota_views.feed, name="team.feed"),
    path("team/vakt/kalenderadresse", rota_views.feed_made, name="team.feed_made"),
    path("team/vakt/kalenderadresse/avslutt", rota_views.feed_ended, name="team.feed_ended"),
    path("team/vakt/fast", rota_views.weekly, name="team.weekly"),
    path("team/vakt/fast/<uuid:shift_id>/avslutt", rota_views.end, name="team.weekly_end"),
    path("team/vakt/enkeltvakt", rota_views.dated, name="team.dated"),
    path("team/vakt/fravar", rota_views.absence, name="team.absence"),
    path("team/vakt/bytte", rota_views.swap, name="team.swap"),
    path("team/vakt/apningstid", rota_views.hours, name="team.hours"),
    path("team/vakt/dag", rota_views.day, name="team.day"),
    path("team/vakt/<str:kind>/<uuid:row_id>/fjern", rota_views.remove, name="team.rota_remove"),
    path("team/medlem/<uuid:user_id>", views.place, name="team.place"),
    path("team/handlingskort", cards_views.listed, name="team.cards"),
    path("team/handlingskort/fil", cards_views.load, name="team.cards_file"),
    path("team/handlingskort/<slug:code>", cards_views.card, name="team.card"),
    path("team/handlingskort/<slug:code>/pdf", cards_views.paper, name="team.card_pdf"),
    *register_urls.urlpatterns,
]
