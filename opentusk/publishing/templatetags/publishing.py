"""Template tags of the guide: `{% load publishing %}`."""

from django import template
from django.utils.translation import gettext as _

from opentusk.kit import messages
from opentusk.ui.speech import is_english

register = template.Library()


@register.filter
def sentence(code: str) -> str:
    """`{{ duty.code|sentence }}`: what a code says, in the reader's language."""
    return messages.sentence(code, "en" if is_english() else "it", {})


@register.filter
def encoding_words(encoding: str) -> str:
    """`{{ dialect.encoding|encoding_words }}`: the encoding as somebody who never chose one understands it."""
    known = {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8",
        "cp1252": "Windows (cp1252)",
        "iso8859-15": "ISO-8859-15",
        "cp850": _("vecchio DOS (cp850)"),
        "cp437": _("vecchio DOS (cp437)"),
        "mac-roman": _("vecchio Mac"),
        "utf-16": "UTF-16",
    }
    return known.get(encoding.lower(), encoding)
