"""A room that tells events of its own things, as a later room would: here announcements speak for themselves."""

from collections.abc import Collection, Mapping

from opentusk.bodies.models import Membership
from opentusk.notices.models import Announcement, Family, Severity
from opentusk.notices.rules import DESK, Rule
from opentusk.notices.speakers import CarriedOver, Subject


class Announcements:
    """The announcements of this room as things that can be followed."""

    kind = "notices.announcement"
    label = "un annuncio"
    followed_after = frozenset({"notices.announcement_supported"})
    carried_over = CarriedOver(by="notices.announcement_joined", undone_by="notices.announcement_parted", fact="to")
    rules = (
        Rule(
            "notices.announcement_answered", "item.answered", Family.DEMAND, Severity.NOTABLE,
            build=lambda entry: {"answer": entry.facts["answer"]}, facts=("answer",),
            words=lambda facts: f"Risposta: {facts['answer']}",
        ),
        Rule(
            "notices.announcement_assigned", "item.assigned", Family.DEMAND, Severity.NOTABLE, is_private=True,
            words=lambda facts: "Assegnato.", heard_by=frozenset({Membership.Role.REFERENTE.value, DESK}),
        ),
    )  # fmt: skip

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """The announcements, with the body of their dataset."""
        found = Announcement.objects.filter(pk__in=numbers).select_related("dataset__rights_holder")
        return {
            row.pk: Subject(
                title=row.text,
                path=f"/annunci/{row.pk}",
                is_public=row.withdrawn_at is None,
                holder=row.dataset.rights_holder,
                themes=("ENVI",),
                work_path=f"/scrivania/annunci/{row.pk}",
            )
            for row in found
        }


SPEAKER = f"{Announcements.__module__}.{Announcements.__name__}"
