"""Proves that a public portal does not start with the key of the demonstration."""

from opentusk.people.checks import check_secret_key


def test_the_known_key_is_for_one_machine_only(settings):
    settings.SECRET_KEY = settings.DEMO_SECRET_KEY

    settings.IS_LOCAL = True
    assert check_secret_key(None) == []
    settings.IS_LOCAL = False
    assert [error.id for error in check_secret_key(None)] == ["people.E001"]
    settings.SECRET_KEY = "x" * 50
    assert check_secret_key(None) == []
