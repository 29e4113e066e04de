"""Addresses of the subscriptions room."""

from django.urls import path

from opentusk.subscriptions.views import following, hooks, managing

urlpatterns = [
    path("segui", following.follow, name="follow"),
    path("avvisi", managing.mine, name="my_notices"),
    path("avvisi/posta", managing.inbox, name="inbox"),
    path("avvisi/frammenti/seguaci/<int:pk>", following.followers, name="followers"),
    path("avvisi/<str:token>", managing.by_letter, name="notices_by_letter"),
    path("avvisi/<str:token>/webhook", hooks.console, name="webhooks"),
    path("avvisi/<str:token>/webhook/<uuid:uuid>", hooks.act, name="webhook"),
    path("avvisi/<str:token>/annulla", managing.unsubscribe_all, name="unsubscribe_all"),
    path("avvisi/<str:token>/lingua", managing.speak, name="speak_to_me"),
    path("avvisi/<str:token>/riscrivimi", managing.write_again, name="write_again"),
    path("avvisi/<str:token>/conferma/<uuid:uuid>", managing.confirm, name="confirm_subscription"),
    path("avvisi/<str:token>/<uuid:uuid>", managing.change, name="change_subscription"),
    path("avvisi/<str:token>/<uuid:uuid>/prova", managing.trial, name="try_subscription"),
]
