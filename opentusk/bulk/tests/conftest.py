"""The body, the editor and the browser of the guide's tests."""

from opentusk.publishing.tests.conftest import ada, browser, disk, lecce, user

__all__ = ["ada", "browser", "disk", "lecce", "user"]
