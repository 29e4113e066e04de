"""Addresses of the joining room."""

from django.urls import path

from opentusk.joining.views import agreement, desk, following, requesting

urlpatterns = [
    path("adesione", requesting.agreement, name="agreement"),
    path("adesione/modelli/<int:pk>", requesting.template_document, name="template_document"),
    path("adesione/chiedi", requesting.ask, name="ask_to_join"),
    path("adesione/enti", requesting.find, name="find_bodies"),
    path("adesione/inviata", requesting.asked, name="asked"),
    path("adesione/conferma/<str:token>", requesting.confirm, name="confirm_request"),
    path("adesione/domanda/<str:token>", following.followed, name="followed"),
    path("adesione/domanda/<str:token>/documenti/<int:pk>", following.document, name="followed_document"),
    path("adesione/domanda/<str:token>/<slug:slug>", following.take_step, name="followed_step"),
    path("redazione/adesioni", desk.accreditations, name="desk_accreditations"),
    path("redazione/adesioni/<int:pk>", following.desk_accreditation, name="desk_accreditation"),
    path(
        "redazione/adesioni/<int:pk>/documenti/<int:document_pk>",
        following.accreditation_document,
        name="accreditation_document",
    ),
    path("redazione/adesioni/<int:pk>/<slug:slug>", following.desk_step, name="desk_step"),
    path("redazione/enti", desk.agents, name="desk_agents"),
    path("redazione/enti/<slug:slug>", desk.agent, name="desk_agent"),
    path("redazione/enti/<slug:slug>/<slug:change>", desk.change_state, name="change_state"),
    path("redazione/accordo", agreement.edit, name="edit_agreement"),
    path("redazione/accordo/impegni", agreement.add_obligation, name="add_obligation"),
    path("redazione/accordo/impegni/<int:pk>", agreement.change_obligation, name="change_obligation"),
    path("redazione/accordo/modelli", agreement.add_template, name="add_template"),
    path("redazione/accordo/modelli/<int:pk>/ritira", agreement.withdraw_template, name="withdraw_template"),
    path("enti/<slug:slug>/dati", desk.agent, name="data_of_body"),
    path("enti/<slug:slug>/adesione", following.accreditations_of_body, name="accreditations_of_body"),
]
