"""Template tags of every room: `{% load portal %}`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentusk.ui import speech

register = template.Library()


@register.filter
def term(value: str | None, vocabulary: str) -> str:
    """`{{ iri|term:"frequency" }}`: the name of a controlled value."""
    return speech.term_label(value, vocabulary)


@register.filter
def format_code(value: str | None) -> str:
    """`{{ iri|format_code }}`: CSV."""
    return speech.format_code(value)


@register.filter
def spoken_date(value: str | None) -> str:
    """`{{ "2024-05"|spoken_date }}`: maggio 2024."""
    return speech.spoken_date(value)


@register.filter
def spoken_day(moment: date) -> str:
    """`{{ entry.at|spoken_day }}`: 24 novembre 2026."""
    return speech.spoken_day(localtime(moment) if isinstance(moment, datetime) else moment)


@register.filter
def spoken_moment(moment: datetime) -> str:
    """`{{ table.opens_at|spoken_moment }}`: 24 novembre 2026, 10:30."""
    return speech.spoken_moment(localtime(moment))


@register.filter
def plain(text: Mapping[str, str] | None) -> str:
    """A multilingual text as bare words, for titles and attributes."""
    return speech.text_and_language(text or {})[0]


@register.filter
def spoken(text: Mapping[str, str] | None) -> str | SafeString:
    """A multilingual text, marked with its language where that is not the page's: screen readers need it."""
    words, language = speech.text_and_language(text or {})
    if language in {"", "en" if speech.is_english() else "it"}:
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def licence(iri: str | None) -> speech.LicenceWords | None:
    """`{% with words=iri|licence %}`: what one may and must do."""
    return speech.licence_words(iri)


@register.filter
def band_words(band: str) -> str:
    """The name of a quality band."""
    return speech.band_words(str(band))


@register.filter
def sentence_of(problem: Mapping[str, Any]) -> str:
    """The sentence of a stored problem in the reader's language."""
    return str(problem["message_en"] if speech.is_english() else problem["message_it"])


@register.simple_tag
def icon(name: str, css: str = "icon icon-sm") -> SafeString:
    """A decorative icon of Bootstrap Italia: hidden from screen readers, so words must stand beside it."""
    sprite = static("vendor/bootstrap-italia/svg/sprites.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#it-{}"></use></svg>', css, sprite, name)


@register.simple_tag
def theme_icon(code: str) -> SafeString:
    """The drawing of a theme: decorative, always beside the theme's name."""
    return format_html(
        '<svg class="theme-icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("ui/themes.svg"), code
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: SafeString, besides: str = "") -> SafeString:
    """`{% filters %}` fields `{% endfilters %}`: they fold behind one line on a phone, which says how many are in use.

    `besides` names the parameters of the page that are not fields of this form.
    """
    request, others = context["request"], {"page", *besides.split()}
    used = sum(bool(value) for name, values in request.GET.lists() if name not in others for value in values)
    words = ngettext("Filtri: %(n)s attivo", "Filtri: %(n)s attivi", used) % {"n": used} if used else _("Filtri")
    # A fold that is changed in place while somebody works in it must not shut.
    is_open = mark_safe(" open") if "HX-Request" in request.headers else ""
    return format_html('<details class="folds filters"{}><summary>{}</summary>{}</details>', is_open, words, content)


@register.filter
def is_followable(address: str | None) -> bool:
    """`{% if address|is_followable %}`."""
    return speech.is_followable(address)
