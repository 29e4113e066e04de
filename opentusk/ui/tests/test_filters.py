"""Proves that folded filters say how many of them are in use, and stay open while they are changed in place."""

from django.template import Context, Template
from django.test import RequestFactory

FOLD = Template("{% load portal %}{% filters besides='sort' %}<input name=q>{% endfilters %}")


def fold(address: str, **headers: str) -> str:
    return FOLD.render(Context({"request": RequestFactory(headers=headers).get(address)}))


def test_nothing_in_use_is_not_counted():
    assert "<summary>Filtri</summary><input name=q>" in fold("/paniere?q=&page=2&sort=title")


def test_every_value_in_use_is_counted():
    assert "<summary>Filtri: 1 attivo</summary>" in fold("/paniere?q=alberi")
    assert "<summary>Filtri: 3 attivi</summary>" in fold("/catalogo?tema=ENVI&tema=TRAN&q=alberi")


def test_the_fold_is_shut_at_first_and_open_when_htmx_changes_it_in_place():
    assert " open>" not in fold("/catalogo?tema=ENVI")
    assert " open>" in fold("/catalogo?tema=ENVI", **{"HX-Request": "true"})
