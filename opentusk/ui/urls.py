"""The one address of the ui room: choosing the language."""

from django.urls import path
from django.views.i18n import set_language

urlpatterns = [path("lingua", set_language, name="set_language")]
