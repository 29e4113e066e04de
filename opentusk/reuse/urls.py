"""Addresses of the reuse room."""

from django.urls import path

from opentusk.reuse.views import desk, gallery, proposing

urlpatterns = [
    path("riusi", gallery.gallery, name="works"),
    path("riusi.json", gallery.gallery_json, name="works_json"),
    path("riusi.csv", gallery.gallery_csv, name="works_csv"),
    path("riusi/impatto", gallery.impact, name="impact"),
    path("riusi/impatto.csv", gallery.impact_csv, name="impact_csv"),
    path("riusi/nuovo", proposing.begin, name="begin_work"),
    path("riusi/bozze/<int:pk>", proposing.edit, name="edit_work"),
    path("riusi/bozze/<int:pk>/togli", proposing.archive, name="archive_own_work"),
    path("riusi/risposta/<str:token>", proposing.answer_alive, name="answer_alive"),
    path("riusi/<slug:slug>", gallery.work_page, name="work"),
    path("riusi/<slug:slug>/immagine", gallery.image, name="work_image"),
    path("scrivania/riusi", desk.works, name="desk_works"),
    path("scrivania/riusi/<int:pk>/<slug:what>", desk.decide, name="decide_work"),
]
