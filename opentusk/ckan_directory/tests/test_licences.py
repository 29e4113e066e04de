"""Proves that the licences are those of the packages, with CKAN's booleans in words."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_licence_of_a_package_is_in_the_list(nobody, public):
    licences = {licence["id"]: licence for licence in nobody.ok("license_list")}
    package = nobody.ok("package_show", id=public.slug)

    listed = licences[package["license_id"]]
    assert (listed["title"], listed["url"]) == (package["license_title"], package["license_url"])
    assert listed["od_conformance"] == ("approved" if package["isopen"] else "rejected")
    assert {licence[key] for licence in licences.values() for key in ("is_generic", "domain_data")} == {"True", "False"}
