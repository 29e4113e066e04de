"""Addresses of the community room."""

from django.urls import path

from opentusk.community.views import documents, newsletters, threads

urlpatterns = [
    path("comunita", threads.community, name="community"),
    path("comunita/nuova", threads.start, name="start_thread"),
    path("comunita/riepilogo", threads.digest, name="community_digest"),
    path("comunita/documenti", documents.documents, name="community_documents"),
    path("comunita/documenti/nuovo", documents.add, name="add_document"),
    path("comunita/documenti/<int:pk>", documents.document, name="community_document"),
    path("comunita/file/<str:key>", documents.download, name="community_file"),
    path("comunita/<int:pk>", threads.thread, name="community_thread"),
    path("comunita/<int:pk>/<slug:what>", threads.change, name="change_thread"),
    path("newsletter", newsletters.archive, name="newsletters"),
    path("newsletter/<int:pk>", newsletters.newsletter, name="newsletter"),
    path("newsletter/annulla/<str:token>", newsletters.unsubscribe, name="newsletter_unsubscribe"),
    path("scrivania/newsletter", newsletters.desk, name="newsletter_desk"),
    path("scrivania/newsletter/<int:pk>", newsletters.write, name="write_newsletter"),
    path("scrivania/newsletter/<int:pk>/<slug:what>", newsletters.send, name="send_newsletter"),
]
