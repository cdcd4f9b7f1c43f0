"""Addresses of this room."""

from django.urls import path

from regional.hotline import api, api_schema, callbacks_views, figures_views, queue_views, views

urlpatterns = [
    path("api/v1/calls", api.calls, name="hotline.api"),
    path("api/schema", api_schema.schema, name="hotline.api_schema"),
    path("vakttelefon", views.console, name="hotline.console"),
    path("vakttelefon/ny", views.new, name="hotline.new"),
    path("vakttelefon/neste", queue_views.claim_next, name="hotline.next"),
    path("vakttelefon/ko", queue_views.queue, name="hotline.queue"),
    path("vakttelefon/hilsen", queue_views.greeting, name="hotline.greeting"),
    path("vakttelefon/tall", figures_views.figures_page, name="hotline.figures"),
    path("vakttelefon/tall/fil/<str:ending>", figures_views.figures_file, name="hotline.figures_file"),
    path("vakttelefon/ring-tilbake", callbacks_views.callbacks, name="hotline.callbacks"),
    path("vakttelefon/ring-tilbake/ny", callbacks_views.new, name="hotline.callback_new"),
    path("vakttelefon/ring-tilbake/<uuid:callback_id>", callbacks_views.callback, name="hotline.callback"),
    path("vakttelefon/ring-tilbake/<uuid:callback_id>/ta", callbacks_views.take, name="hotline.callback_take"),
    path("vakttelefon/ring-tilbake/<uuid:callback_id>/vakt", callbacks_views.to_shift, name="hotline.callback_shift"),
    path(
        "vakttelefon/ring-tilbake/<uuid:callback_id>/samtale", callbacks_views.into_call, name="hotline.callback_call"
    ),
    path("vakttelefon/<uuid:call_id>", views.call, name="hotline.call"),
    path("vakttelefon/<uuid:call_id>/utkast", views.draft, name="hotline.draft"),
    path("vakttelefon/<uuid:call_id>/ta", queue_views.claim, name="hotline.claim"),
    path("vakttelefon/<uuid:call_id>/overta", queue_views.take, name="hotline.take"),
    path("vakttelefon/<uuid:call_id>/ubesvart", queue_views.let_go, name="hotline.let_go"),
    path("vakttelefon/<uuid:call_id>/levering", queue_views.sent_state, name="hotline.sent_state"),
]
