"""Every write of a copy: its phases in order, each thing with its row."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.kit.mapping.loose import read_objects, read_string
from opentusk.migration.copying import (
    agent_scope,
    body_of,
    copy_dataset,
    copy_dictionary,
    copy_file,
    copy_follower,
    copy_member,
    copy_organization,
    copy_user,
    dataset_scope,
    publish_copy,
)
from opentusk.migration.errors import CannotCopy, LeftOut, MustWait, SiteFault
from opentusk.migration.models import Thing
from opentusk.migration.remote import Site

Json = Mapping[str, Any]
Report = Callable[[Thing], None]


def migrate(site: Site, *, needs_files: bool = True, report: Report = lambda _thing: None) -> None:
    """Copy everything that a CKAN shows; what a former run has finished is passed over.

    With `needs_files`, a dataset one of whose files did not come stays a draft until it does.

    Raises SiteFault when the portal does not answer at all; what one thing of it refuses is in that thing's row.
    """
    site.ask("status_show")
    moving = _Moving(site, report)
    moving.organizations()
    moving.users()
    moving.members()
    moving.datasets()
    moving.publications(needs_files=needs_files)
    moving.followers()


class _Moving:
    """A run: the site, and which things are done already."""

    def __init__(self, site: Site, report: Report) -> None:
        self._site = site
        self._report = report
        rows = Thing.objects.of_site(site.address)
        self._done = set(rows.filter(state=Thing.State.DONE).values_list("kind", "number"))
        self._organizations: list[Json] = []
        self._packages: list[Json] = []
        self._emails: dict[str, str] = {}

    def organizations(self) -> None:
        """The bodies, with who works for them remembered for later."""
        for name in self._site.names("organization_list"):
            said = {"include_users": "true", "include_extras": "true", "include_datasets": "false"}
            given = self._asked(Thing.Kind.ORGANIZATION, name, "organization_show", id=name, **said)
            if given is None:
                continue
            self._organizations.append(given)
            self._copy(Thing.Kind.ORGANIZATION, given, partial(copy_organization, given))

    def users(self) -> None:
        """The accounts, where the key shows them."""
        try:
            users = read_objects(self._site.ask("user_list", all_fields="true"))
        except SiteFault as fault:
            self._note(Thing.Kind.USER, "*", "user_list", Thing.State.FAILED, str(fault))
            return
        for given in users:
            self._emails[read_string(given.get("id"))] = read_string(given.get("email"))
            self._copy(Thing.Kind.USER, given, partial(copy_user, given))

    def members(self) -> None:
        """Who works for which body."""
        for organization in self._organizations:
            for user in read_objects(organization.get("users")):
                number = f"{organization.get('id')}/{user.get('id')}"
                name = f"{user.get('name')} › {organization.get('name')}"
                thing = {"id": number, "name": name}
                self._copy(Thing.Kind.MEMBER, thing, partial(self._member, user, organization))

    def datasets(self) -> None:
        """The packages, each with its files, dictionaries and followers."""
        for name in self._site.packages():
            given = self._asked(Thing.Kind.DATASET, name, "package_show", id=name)
            if given is None or read_string(given.get("type")) not in ("", "dataset"):
                continue
            self._copy(Thing.Kind.DATASET, given, partial(self._dataset, given))
            dataset = Dataset.objects.filter(uuid=read_string(given.get("id"))).first()
            if dataset is None:
                continue
            for resource in read_objects(given.get("resources")):
                self._resource(resource)
            self._packages.append({"id": given.get("id")})
            if read_string(given.get("state")) in ("", "active") and given.get("private") is not True:
                self._remember_publication(given)

    def publications(self, *, needs_files: bool) -> None:
        """What was public there becomes public here, when nothing keeps it."""
        unfinished = Thing.objects.of_site(self._site.address).unfinished()
        lost = set(unfinished.filter(kind=Thing.Kind.FILE).values_list("number", flat=True)) if needs_files else set()
        waiting = unfinished.filter(kind=Thing.Kind.PUBLICATION)
        for thing in waiting.in_order():
            dataset = Dataset.objects.with_holder().filter(uuid=thing.number).first()
            if dataset:
                given = {"id": thing.number, "name": thing.name}
                self._copy(Thing.Kind.PUBLICATION, given, partial(publish_copy, dataset, missing=lost))

    def followers(self) -> None:
        """Who follows what: last, because only what is public is followed."""
        for organization in self._organizations:
            self._followers(organization, "organization_follower_list", partial(self._agent, organization))
        for package in self._packages:
            self._followers(package, "dataset_follower_list", partial(self._dataset_scope, package))

    def _resource(self, resource: Json) -> None:
        if resource.get("url_type") == "upload":
            self._copy(Thing.Kind.FILE, resource, partial(copy_file, self._site, resource))
        if resource.get("datastore_active") and not self._is_done(Thing.Kind.DICTIONARY, resource):
            number = read_string(resource.get("id"))
            found = self._asked(
                Thing.Kind.DICTIONARY, number, "datastore_search", resource_id=number, limit="0", include_total="false"
            )
            fields = [one for one in read_objects(found.get("fields")) if one.get("info")] if found else []
            if fields:
                self._copy(Thing.Kind.DICTIONARY, resource, partial(copy_dictionary, resource, fields))

    def _followers(self, given: Json, action: str, scope: Callable[[], tuple[str, str]]) -> None:
        """Those who follow a thing. Only a sysadmin's key may know: without it nothing is noted of each."""
        try:
            found = read_objects(self._site.ask(action, id=read_string(given.get("id"))))
        except SiteFault as fault:
            self._note(Thing.Kind.FOLLOWER, "*", action, Thing.State.FAILED, str(fault))
            return
        for follower in found:
            email = self._emails.get(read_string(follower.get("id")), "")
            thing = {"id": f"{given.get('id')}/{follower.get('id')}", "name": f"{follower.get('name')}"}
            who = {**follower, "email": follower.get("email") or email}
            self._copy(Thing.Kind.FOLLOWER, thing, partial(self._follower, scope, who))

    def _dataset(self, given: Json) -> None:
        copy_dataset(given, self._holder(given))

    def _follower(self, scope: Callable[[], tuple[str, str]], follower: Json) -> None:
        copy_follower(*scope(), follower)

    def _member(self, user: Json, organization: Json) -> None:
        email = self._emails.get(read_string(user.get("id")), "")
        if not email:
            raise CannotCopy("L'utente non è stato copiato: manca il suo indirizzo e-mail.")
        copy_member(body_of(organization), email, read_string(user.get("capacity")))

    def _agent(self, organization: Json) -> tuple[str, str]:
        return agent_scope(body_of(organization))

    def _dataset_scope(self, package: Json) -> tuple[str, str]:
        return dataset_scope(Dataset.objects.get(uuid=read_string(package.get("id"))))

    def _holder(self, package: Json) -> Agent:
        organization = package.get("organization")
        if not isinstance(organization, Mapping):
            raise CannotCopy("Il dataset non appartiene a nessuna organizzazione: qui ogni dataset ha un titolare.")
        return body_of(organization)

    def _remember_publication(self, given: Json) -> None:
        number, name = read_string(given.get("id")), read_string(given.get("name"))
        Thing.objects.get_or_create(
            site=self._site.address,
            kind=Thing.Kind.PUBLICATION,
            number=number,
            defaults={"name": name, "state": Thing.State.WAITING},
        )

    def _asked(self, kind: Thing.Kind, number: str, action: str, **said: str) -> Json | None:
        """What the portal says of one thing; a refusal is that thing's."""
        try:
            found = self._site.ask(action, **said)
        except SiteFault as fault:
            if fault.status == 0:
                raise
            self._note(kind, number, number, Thing.State.FAILED, str(fault))
            return None
        return found if isinstance(found, Mapping) else None

    def _copy(self, kind: Thing.Kind, given: Json, copy: Callable[[], object]) -> None:
        """Copy one thing, unless it is done, and note how far it is."""
        if self._is_done(kind, given):
            return
        number, name = read_string(given.get("id")), read_string(given.get("name"))
        try:
            copy()
        except MustWait as reason:
            self._note(kind, number, name, Thing.State.WAITING, str(reason))
        except CannotCopy as reason:
            self._note(kind, number, name, Thing.State.FAILED, str(reason))
        except LeftOut as reason:
            self._note(kind, number, name, Thing.State.LEFT_OUT, str(reason))
        else:
            self._note(kind, number, name, Thing.State.DONE, "")

    def _is_done(self, kind: Thing.Kind, given: Json) -> bool:
        return (kind, read_string(given.get("id"))) in self._done

    def _note(self, kind: Thing.Kind, number: str, name: str, state: Thing.State, detail: str) -> None:
        thing, _is_new = Thing.objects.update_or_create(
            site=self._site.address,
            kind=kind,
            number=number[:200],
            defaults={"name": name[:300], "state": state, "detail": detail, "tried_at": timezone.now()},
        )
        self._report(thing)
