"""Addresses of this room."""

from django.urls import URLPattern, path

from regional.plan import views, views_edit, views_measure

_HERE = "lederteam/handlingsplan"
urlpatterns: list[URLPattern] = [
    path(_HERE, views.current, name="plan.current"),
    path(f"{_HERE}/ny", views_edit.new_plan, name="plan.new"),
    path(f"{_HERE}/mal/<uuid:goal_id>", views_edit.edit_goal, name="plan.goal"),
    path(f"{_HERE}/mal/<uuid:goal_id>/slett", views_edit.remove_goal, name="plan.goal_remove"),
    path(f"{_HERE}/tiltak/<uuid:measure_id>", views_measure.measure, name="plan.measure"),
    path(f"{_HERE}/tiltak/<uuid:measure_id>/endre", views_edit.edit_measure, name="plan.measure_edit"),
    path(f"{_HERE}/tiltak/<uuid:measure_id>/slett", views_edit.remove_measure, name="plan.measure_remove"),
    path(f"{_HERE}/tiltak/<uuid:measure_id>/dokumentasjon", views_measure.add_evidence, name="plan.evidence_add"),
    path(f"{_HERE}/dokumentasjon/<uuid:evidence_id>", views_measure.evidence_file, name="plan.evidence"),
    path(f"{_HERE}/<uuid:plan_id>", views.one, name="plan.one"),
    path(f"{_HERE}/<uuid:plan_id>/endre", views_edit.edit_plan, name="plan.edit"),
    path(f"{_HERE}/<uuid:plan_id>/slett", views_edit.remove_plan, name="plan.remove"),
    path(f"{_HERE}/<uuid:plan_id>/mal/nytt", views_edit.new_goal, name="plan.goal_new"),
    path(f"{_HERE}/<uuid:plan_id>/tiltak/nytt", views_edit.new_measure, name="plan.measure_new"),
    path(f"{_HERE}/<uuid:plan_id>/vedta", views_edit.adopt, name="plan.adopt"),
    path(f"{_HERE}/<uuid:plan_id>/vedtatt", views.adopted_pdf, name="plan.adopted"),
    path(f"{_HERE}/<uuid:plan_id>/pdf", views.plan_pdf, name="plan.pdf"),
    path(f"{_HERE}/<uuid:plan_id>/xlsx", views.plan_xlsx, name="plan.xlsx"),
]
