"""Addresses of the CKAN door, as CKAN has them."""

from django.urls import path, re_path

from opentusk.ckan.views import action, addresses, declaring

urlpatterns = [
    re_path(r"^api/(?:3/)?action/(?P<name>[^/]+)/?$", action.action, name="ckan_action"),
    re_path(r"^api(?:/3)?/?$", action.version),
    re_path(r"^api/[124]/action/", action.other_version),
    path("dataset/<str:ref>/resource/<uuid:number>", addresses.resource_page),
    path("dataset/<str:ref>/resource/<uuid:number>/download", addresses.download),
    path("dataset/<str:ref>/resource/<uuid:number>/download/<str:name>", addresses.download, name="ckan_download"),
    path("organization/<str:ref>", addresses.organization_page),
    path("group/<str:ref>", addresses.group_page),
    path("profilo/chiavi/<int:pk>/dichiarazione", declaring.standing, name="standing_declaration"),
    path("profilo/chiavi/<int:pk>/dichiarazione/revoca", declaring.revoke, name="revoke_standing_declaration"),
]
