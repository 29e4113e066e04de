"""Addresses of the harvest."""

from django.urls import path

from opentusk.harvest import views

urlpatterns = [
    path("raccolte", views.sources, name="harvest_sources"),
    path("raccolte/nuova", views.add, name="harvest_add"),
    path("raccolte/importa", views.import_list, name="harvest_import"),
    path("raccolte/<int:source_id>", views.source, name="harvest_source"),
    path("raccolte/<int:source_id>/modifica", views.change, name="harvest_change"),
    path("raccolte/<int:source_id>/avvia", views.begin, name="harvest_begin"),
    path("raccolte/<int:source_id>/anteprima", views.preview, name="harvest_preview"),
    path("raccolte/<int:source_id>/pausa", views.pause, name="harvest_pause"),
    path("raccolte/<int:source_id>/riprendi", views.resume, name="harvest_resume"),
    path("raccolte/run/<int:run_id>", views.run, name="harvest_run"),
    path("raccolte/run/<int:run_id>/stato", views.progress, name="harvest_progress"),
    path("raccolte/run/<int:run_id>.csv", views.run_csv, name="harvest_run_csv"),
    path("raccolte/run/<int:run_id>.json", views.run_json, name="harvest_run_json"),
    path("raccolte/run/<int:run_id>/conferma", views.confirm, name="harvest_confirm"),
]
