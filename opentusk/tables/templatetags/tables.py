"""Template filters of the tables room: `{% load tables %}`."""

from django import template

from opentusk.tables.display import shown_number

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """`{{ 1234567|grouped }}`: 1.234.567."""
    return shown_number(number)
