"""Delivers every waiting reaction and ends: what the worker does after a harvest, without its clock."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentusk.config.settings")
    django.setup()
    from opentusk.journal.reactions import deliver_all

    deliver_all()
