"""A consultation as Decidim gives out its own: what everybody sees of it, for another platform or for ours."""

import secrets
from collections.abc import Iterable
from io import BytesIO

from django.conf import settings
from django.db.models import QuerySet

from opentusk.comments.models import Comment
from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.consultation.shown import support_of
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import ANSWERED, IN_THE_BASKET, State
from opentusk.journal.models import reference_of
from opentusk.kit.decidim.shapes import Export, Ours, Proposal, RemoteComment, Result
from opentusk.kit.decidim.writing import write_archive
from opentusk.kit.personal import names_somebody
from opentusk.kit.vocabularies import THEMES
from opentusk.search.lists import harmless_cell

_PROPOSAL, _COMMENT = "Decidim::Proposals::Proposal", "Decidim::Comments::Comment"
_REMOVED = "[testo tolto: poteva contenere un dato personale]"
_STATES = {State.REFUSED: "rejected", State.PROPOSED: ""} | dict.fromkeys(IN_THE_BASKET, "accepted")
_PROGRESS = {State.ASSIGNED: 0, State.IN_PROGRESS: 50} | dict.fromkeys(ANSWERED, 100)
_README = """# {title}

Export of {url}, in the layout of Decidim's open data (separator `,`, UTF-8). Licence: CC BY 4.0.

- `proposals`: every wish that everybody sees, and the themes with their official answers. `likes/total_count` are the
  endorsements given here, `votes` those that came from another platform: two figures, never one.
- `proposal_comments`: comments and replies, without who wrote them; `author/id` is a key of this file alone.
- `results`: how far the body that was asked has come (0 assigned, 50 at work, 100 published).
- Columns `opentusk/…` are not of Decidim: the use, who might have the data, where the wish comes from, and why it was
  refused.
"""


def archive_of(consultation: Consultation) -> bytes:
    """The ZIP of a consultation: proposals, comments, results, and what the columns mean."""
    space, file = _page(consultation), BytesIO()
    readme = _README.format(title=consultation.title, url=space)
    write_archive(export_of(consultation), file, space=space, readme=readme, cell=harmless_cell)
    return file.getvalue()


def export_of(consultation: Consultation) -> Export:
    """What everybody sees: merged wishes live on in others, invented ones are given out of demonstrations only."""
    shown = WantedDataset.objects.shown().of_edition(consultation.edition).exclude(state=State.MERGED)
    items = list(shown.filter(is_demo=consultation.is_demo).in_order())
    themes = list(consultation.proposals.order_by("theme"))
    given = support_of(reference_of(one) for one in (*items, *themes))
    targets = {reference_of(item): (str(item.number), _page_of(consultation, item)) for item in items}
    targets |= {reference_of(one): (one.theme, f"{_page(consultation)}/{one.theme}") for one in themes}
    return Export(
        proposals=[
            *(_theme(one, given.get(reference_of(one), 0), targets[reference_of(one)]) for one in themes),
            *(_wish(item, given.get(reference_of(item), 0), targets[reference_of(item)]) for item in items),
        ],
        comments=list(_comments(targets)),
        results=[
            Result(id=number, title=item.title, progress=_PROGRESS[State(item.state)], proposal_urls=(url,), url=url)
            for item in items
            if item.state in _PROGRESS
            for number, url in [targets[reference_of(item)]]
        ],
    )


def _theme(one: ThematicProposal, likes: int, target: tuple[str, str]) -> Proposal:
    label = _label(one.theme)
    answer = one.answer if one.answer_published_at else ""
    return Proposal(
        id=target[0], title=label, body="", url=target[1], answer=_screened(answer), likes=likes, labels=(label,),
        is_official=True,
    )  # fmt: skip


def _wish(item: WantedDataset, likes: int, target: tuple[str, str]) -> Proposal:
    return Proposal(
        id=target[0],
        title=_screened(item.title),
        body=_screened(item.description or item.use_case),
        url=target[1],
        state=_STATES[State(item.state)],
        answer=_screened(item.public_answer),
        likes=likes,
        votes=item.imported_support,
        labels=(_label(item.primary_theme),) if item.primary_theme else (),
        ours=Ours(
            use_case=_screened(item.use_case) if item.description else "",
            producers=_screened(item.producers_text),
            origin=item.origin,
            reason=item.refusal_reason,
        ),
    )


def _comments(targets: dict[str, tuple[str, str]]) -> Iterable[RemoteComment]:
    """Comments before their replies; a reply to what is hidden stands below the thing itself."""
    rows: QuerySet[Comment] = Comment.objects.visible().filter(subject__in=targets).order_by("pk")
    keys: dict[str, str] = {}
    shown = {row.pk for row in rows}
    for row in rows:
        number, url = targets[row.subject]
        is_reply = row.parent_id in shown
        yield RemoteComment(
            id=str(row.pk),
            body=_screened(row.body),
            created_at=row.created_at,
            alignment=row.alignment,
            target_type=_COMMENT if is_reply else _PROPOSAL,
            target_id=str(row.parent_id) if is_reply else number,
            url=url,
            author=keys.setdefault(row.person_key, secrets.token_hex(6)),
        )


def _label(code: str) -> str:
    term = THEMES.by_code(code)
    return term.it if term else code


def _screened(words: str) -> str:
    return _REMOVED if names_somebody(words) else words


def _page(consultation: Consultation) -> str:
    return f"{settings.SITE_URL}/consultazioni/{consultation.slug}"


def _page_of(consultation: Consultation, item: WantedDataset) -> str:
    return f"{_page(consultation)}/voci/{item.number}"
