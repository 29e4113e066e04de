"""Addresses of the consultation room."""

from django.urls import path

from opentusk.consultation.views import acting, desk, importing, reading, reports

urlpatterns = [
    path("scrivania/consultazioni", desk.consultations, name="desk_consultations"),
    path("scrivania/consultazioni/nuova", desk.create, name="create_consultation"),
    path("scrivania/consultazioni/decidim", importing.decidim, name="decidim_import"),
    path("scrivania/consultazioni/decidim/voci", importing.drafts, name="decidim_drafts"),
    path("scrivania/consultazioni/decidim/voci/<int:pk>", importing.decide_draft, name="decide_draft"),
    path("scrivania/consultazioni/datalab/<slug:edition>", desk.fix_datalabs, name="fix_datalabs"),
    path("scrivania/consultazioni/<slug:slug>", desk.consultation, name="desk_consultation"),
    path("scrivania/consultazioni/<slug:slug>/decidim.zip", desk.give_out, name="consultation_give_out"),
    path("scrivania/consultazioni/<slug:slug>/temi/<slug:code>", desk.theme, name="desk_theme"),
    path("scrivania/consultazioni/<slug:slug>/<slug:step>", desk.take_step, name="consultation_step"),
    path("consultazioni", reading.consultations, name="consultations"),
    path("consultazioni/<slug:slug>", reading.consultation, name="consultation"),
    path("consultazioni/<slug:slug>/proponi", acting.propose, name="consultation_propose"),
    path("consultazioni/<slug:slug>/rapporto", reports.consultation_report, name="consultation_report"),
    path("rapporti/<uuid:uuid>", reports.report, name="report"),
    path("rapporti/<uuid:uuid>/rapporto.pdf", reports.report_pdf, name="report_pdf"),
    path("rapporti/<uuid:uuid>/numeri.json", reports.report_counts, name="report_counts"),
    path("rapporti/<uuid:uuid>/<slug:code>.csv", reports.report_table, name="report_table"),
    path("consultazioni/<slug:slug>/voci/<int:number>", reading.wish, name="consultation_wish"),
    path("consultazioni/<slug:slug>/voci/<int:number>/sostegno", acting.support_wish, name="support_wish"),
    path("consultazioni/<slug:slug>/voci/<int:number>/commenta", acting.comment_wish, name="comment_wish"),
    path("consultazioni/<slug:slug>/<slug:code>", reading.theme, name="consultation_theme"),
    path("consultazioni/<slug:slug>/<slug:code>/sostegno", acting.support_theme, name="support_theme"),
    path("consultazioni/<slug:slug>/<slug:code>/commenta", acting.comment_theme, name="comment_theme"),
]
