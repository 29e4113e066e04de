"""Addresses of the demand room."""

from django.urls import path

from opentusk.demand.views import basket, requesting, working

urlpatterns = [
    path("scrivania/paniere", working.console, name="basket_console"),
    path("scrivania/paniere/<int:pk>", working.work, name="work_on_wish"),
    path("scrivania/paniere/<int:pk>/<str:name>", working.move, name="move_wish"),
    path("scrivania/richieste", working.of_my_bodies, name="wishes_of_my_bodies"),
    path("richiedi-un-dato", requesting.request_data, name="request_data"),
    path("paniere", basket.basket, name="basket"),
    path("paniere.csv", basket.basket_csv, name="basket_csv"),
    path("paniere.json", basket.basket_json, name="basket_json"),
    path("paniere/enti/<slug:slug>", basket.of_body, name="basket_of_body"),
    path("paniere/<slug:edition>/<int:number>", basket.item, name="wish"),
]
