"""Addresses of the notices room."""

from django.urls import path, re_path

from opentusk.notices.views import announcing, news, stream

urlpatterns = [
    path("novita", news.news, name="news"),
    re_path(r"^novita\.(?P<kind>atom|json)$", news.news_feed, name="news_feed"),
    path("dataset/<slug:slug>/novita", news.dataset_news, name="dataset_news"),
    re_path(r"^dataset/(?P<slug>[-\w]+)/novita\.(?P<kind>atom|json)$", news.dataset_feed, name="dataset_news_feed"),
    path("api/v1/events", stream.events, name="events"),
    path("api/v1/events/stream", stream.stream, name="event_stream"),
    path("scrivania/dataset/<int:pk>/annuncia", announcing.announce, name="announce_change"),
    path("scrivania/annunci/<int:pk>/ritira", announcing.withdraw, name="withdraw_announcement"),
]
