"""Which packages a search may find: public ones, and those of the caller's own bodies where the call asks for them."""

from dataclasses import dataclass

from tantivy import Occur, Query

from opentusk.bodies.permissions import is_desk, writable_agents
from opentusk.catalog.models import Dataset
from opentusk.ckan.protocol import Call
from opentusk.ckan_search.schema import column, kept, package_schema


@dataclass(frozen=True)
class View:
    """What one caller may find. `bodies` are the caller's own; None is every body."""

    capacities: tuple[str, ...] = ("public",)
    states: tuple[str, ...] = ("active",)
    bodies: frozenset[int] | None = frozenset()

    def query(self) -> Query:
        """The packages of the view."""
        public = _both(_one_of("capacity", ("public",)), _one_of("state", ("active",)))
        if self == PUBLIC:
            return public
        asked = _both(_one_of("capacity", self.capacities), _one_of("state", self.states))
        if self.bodies is None:
            return asked
        own = Query.term_set_query(package_schema(), "holder", sorted(self.bodies))
        return _both(asked, Query.boolean_query([(Occur.Should, public), (Occur.Should, own)]))

    def may_show(self, dataset: Dataset) -> bool:
        """Whether the row itself, which may have changed since it was indexed, is in the view."""
        return dataset.is_published or self.bodies is None or dataset.rights_holder_id in self.bodies


PUBLIC = View()


def view_of(call: Call) -> View:
    """The view that a call asks for and the caller has: own bodies count only where the call includes something."""
    states = ["active"]
    states += ["draft"] if call.boolean("include_drafts", False) else []
    states += ["deleted"] if call.boolean("include_deleted", False) else []
    capacities = ("public", "private") if call.boolean("include_private", False) else ("public",)
    if (len(states), len(capacities)) == (1, 1):
        return PUBLIC
    bodies = _own_bodies(call)
    return View(capacities, tuple(states), bodies) if bodies is None or bodies else PUBLIC


def _own_bodies(call: Call) -> frozenset[int] | None:
    code = call.token.ipa_code if call.token else ""
    if is_desk(call.actor) and not code:
        return None
    bodies = writable_agents(call.actor)
    return frozenset((bodies.filter(ipa_code=code) if code else bodies).values_list("pk", flat=True))


def _one_of(field: str, values: tuple[str, ...]) -> Query:
    terms = [Query.term_query(package_schema(), column(field), kept(value), "basic") for value in values]
    return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


def _both(query: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, other)])
