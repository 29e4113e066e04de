"""Words for the templates of the room."""

from django import template

from opentusk.federation.comparing import day_of
from opentusk.federation.words import fault_words, reader_words, why_of

register = template.Library()
register.filter("why_of", why_of)
register.filter("reader_words", reader_words)
register.filter("fault_words", fault_words)
register.filter("day", day_of)
