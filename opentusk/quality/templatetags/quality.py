"""Template tags of the quality room: `{% load quality %}`."""

from django import template

from opentusk.quality import link_rows
from opentusk.quality.models import UrlResult

register = template.Library()


@register.filter
def result_words(result: UrlResult) -> str:
    """`{{ result|result_words }}`: what one check got."""
    return link_rows.result_words(result)


@register.filter
def type_name(code: str) -> str:
    """`{{ check.found|type_name }}`: CSV."""
    return link_rows.type_name(code)
