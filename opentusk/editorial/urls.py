"""Addresses of the editorial room."""

from django.urls import path

from opentusk.editorial.views import copying, declaring, filing, reviewing, series, steps, timing

urlpatterns = [
    path("id/serie/<uuid:uuid>", series.series_address, name="series_address"),
    path("serie/<uuid:uuid>", series.series_page, name="series"),
    path("serie/<uuid:uuid>.ttl", series.series_document, name="series_document"),
    path("scrivania/dataset/<int:pk>/pubblica", steps.publish, name="publish_dataset"),
    path("scrivania/dataset/<int:pk>/ritira", steps.withdraw, name="withdraw_dataset"),
    path("scrivania/dataset/<int:pk>/ripristina", steps.restore, name="restore_dataset"),
    path("scrivania/dataset/<int:pk>/elimina", steps.delete_draft, name="delete_draft"),
    path("scrivania/revisioni", reviewing.queue, name="review_queue"),
    path("scrivania/revisioni/ente/<int:pk>", reviewing.policy, name="review_policy"),
    path("scrivania/dataset/<int:pk>/dichiarazione", declaring.declaration, name="declaration"),
    path("scrivania/dataset/<int:pk>/revisione", reviewing.review, name="review_dataset"),
    path("scrivania/dataset/<int:pk>/file", filing.files, name="dataset_files"),
    path("scrivania/dataset/<int:pk>/programma", timing.schedule, name="schedule_dataset"),
    path("scrivania/dataset/<int:pk>/riserva", timing.reserve, name="reserve_dataset"),
    path("scrivania/dataset/<int:pk>/copia", copying.repeat, name="repeat_dataset"),
    path("scrivania/file/<int:pk>/versione", filing.new_version, name="new_file_version"),
    path("scrivania/file/<int:pk>/togli", filing.remove, name="remove_file"),
    path("scrivania/versione/<int:pk>/scarta", filing.discard, name="discard_version"),
]
