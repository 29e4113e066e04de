"""Addresses of the feeds room. Those of things (`/id/…`, `/agente/…`) are in the metadata and never change."""

from django.urls import path, re_path

from opentusk.feeds.views import changes, feeds, lists, things

_SYNTAX = r"(?P<extension>ttl|rdf|jsonld|nt)"
_NODE = r"(?P<path>(?:agente|contatto|luogo|periodo|standard|id/servizio|id/serie)/[^?]+?)"

urlpatterns = [
    re_path(r"^catalog\.(?P<extension>ttl|rdf|xml|jsonld|nt)$", feeds.catalog, name="feed"),
    re_path(r"^feed/changes(?:\.(?P<extension>trig|jsonld))?$", changes.changes, name="change_feed"),
    path("feed/changes/shape", changes.shape),
    path("catalogo/<str:ipa>", things.catalog_address),
    re_path(rf"^dataset/(?P<name>[\w-]+)\.{_SYNTAX}$", things.dataset_document, name="dataset_document"),
    path("id/dataset/<str:ipa>/<str:local>", things.dataset_address),
    path("id/distribuzione/<str:uuid>", things.distribution_address),
    re_path(rf"^{_NODE}\.{_SYNTAX}$", things.node_document),
    path("agente/<str:ipa>", things.agent_address),
    re_path(rf"^{_NODE}$", things.node_address),
    path("data.json", lists.data_json, name="data_json"),
    path("sitemap.xml", lists.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", lists.sitemap),
    path("robots.txt", lists.robots),
    path("federazione/esclusi", lists.left_out, name="left_out"),
]
