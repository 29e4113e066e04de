"""Proves that the page of roles stands, and that a role is given and taken back with the keyboard, without scripts."""

from opentusk.journal.actors import SYSTEM
from opentusk.people.actors import actor_of
from opentusk.people.appointments import appoint
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import has_role
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.examining import examine


def test_the_page_stands_and_a_role_is_given_and_taken_back(catalogue, visit):
    User.objects.filter(email=EMAIL).update(desk_role="admin")
    mara = User.objects.create_user("mara.di-un-ufficio-lontano@comune-con-un-nome-lungo.example.org", PASSWORD)
    appoint(EMAIL, RoleGrant.Role.FACILITATOR, by=SYSTEM)
    examine(visit, "/scrivania/incarichi", signed_in=True)
    page = visit(width=320, java_script_enabled=False).sign_in().open("/scrivania/incarichi")

    page.fill("main [name=q]", mara.email)
    page.press("main [name=q]", "Enter")
    page.check("main [name=role][value=moderator]")
    page.press("main form[method=post] button", "Enter")
    assert has_role(actor_of(mara), RoleGrant.Role.MODERATOR)
    page.click(f"main summary:has-text('{mara.email}')")
    page.click(f"main button:has-text('Sì, da subito'):has-text('{mara.email}')")

    assert not has_role(actor_of(mara), RoleGrant.Role.MODERATOR)
    assert page.locator("[role=status], .alert").filter(has_text="non ha più l'incarico").count()
