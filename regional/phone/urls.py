"""Addresses of this room."""

from django.urls import URLPattern, path

from regional.phone import declaration_views, handover_views, rota_views, training_views

_HOST = "vakttelefon/drift/vakter"
_OWN = "vakttelefon/vakter"

urlpatterns: list[URLPattern] = [
    path(_HOST, rota_views.host_rota, name="phone.rota"),
    path(f"{_HOST}/fast", rota_views.weekly, name="phone.weekly"),
    path(f"{_HOST}/fast/<uuid:shift_id>/avslutt", rota_views.end, name="phone.weekly_end"),
    path(f"{_HOST}/enkeltvakt", rota_views.dated, name="phone.dated"),
    path(f"{_HOST}/fravar", rota_views.absence, name="phone.absence"),
    path(f"{_HOST}/bytte", rota_views.swap, name="phone.swap"),
    path(f"{_HOST}/apningstid", rota_views.hours, name="phone.hours"),
    path(f"{_HOST}/dag", rota_views.day, name="phone.day"),
    path(f"{_HOST}/<str:kind>/<uuid:row_id>/fjern", rota_views.remove, name="phone.rota_remove"),
    path(_OWN, rota_views.own_rota, name="phone.own_rota"),
    path(f"{_OWN}.ics", rota_views.own_calendar, name="phone.own_calendar"),
    path(f"{_OWN}/fravar", rota_views.own_absence, name="phone.own_absence"),
    path(f"{_OWN}/bytte", rota_views.own_swap, name="phone.own_swap"),
    path(f"{_OWN}/kalender/<str:secret>.ics", rota_views.feed, name="phone.feed"),
    path(f"{_OWN}/kalenderadresse", rota_views.feed_made, name="phone.feed_made"),
    path(f"{_OWN}/kalenderadresse/avslutt", rota_views.feed_ended, name="phone.feed_ended"),
    path(f"{_OWN}/<str:kind>/<uuid:row_id>/fjern", rota_views.own_remove, name="phone.own_remove"),
    path("vakttelefon/erklaering", declaration_views.sign, name="phone.sign"),
    path("vakttelefon/erklaering/<uuid:declaration_id>.pdf", declaration_views.signature, name="phone.signature"),
    path("vakttelefon/drift/erklaering", declaration_views.text, name="phone.declaration_text"),
    path("vakttelefon/drift/operatorer", training_views.operators, name="phone.operators"),
    path("vakttelefon/drift/operatorer/<uuid:user_id>", training_views.operator, name="phone.operator"),
    path(
        "vakttelefon/drift/operatorer/<uuid:user_id>/kurs/<uuid:course_id>/feil",
        training_views.wrong,
        name="phone.course_wrong",
    ),
    path("vakttelefon/drift/kurs", training_views.courses, name="phone.courses"),
    path("vakttelefon/meg", training_views.own, name="phone.own"),
    path("vakttelefon/overlevering", handover_views.notes, name="phone.notes"),
    path("vakttelefon/overlevering/ulest", handover_views.unread, name="phone.notes_unread"),
    path("vakttelefon/overlevering/<uuid:note_id>/lest", handover_views.mark, name="phone.note_read"),
]
