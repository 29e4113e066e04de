"""Template tags of bulk publishing: `{% load bulk %}`."""

from django import template

from opentusk.kit.sheets.columns import HEADERS

register = template.Library()


@register.filter
def header(column: str) -> str:
    """`{{ problem.column|header }}`: the column as the spreadsheet calls it."""
    return HEADERS.get(column, column)
