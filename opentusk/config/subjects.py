"""Who answers for the things that other rooms speak of by name: one line for each kind."""

from opentusk.journal.subjects import SubjectKind

SUBJECTS: tuple[SubjectKind, ...] = (
    SubjectKind(
        kind="programme.event",
        one="opentusk.programme.subjects.event_card",
        choices="opentusk.programme.subjects.event_cards",
    ),
    SubjectKind(
        kind="community.thread",
        one="opentusk.community.subjects.thread_card",
        readers="opentusk.community.subjects.may_read_thread",
    ),
    SubjectKind(kind="reuse.work", one="opentusk.reuse.subjects.work_card"),
    SubjectKind(kind="hackathon.hackathon", one="opentusk.hackathon.subjects.hackathon_card"),
    SubjectKind(kind="demand.wanteddataset", one="opentusk.demand.subjects.wish_card"),
    SubjectKind(
        kind="consultation.consultation",
        one="opentusk.consultation.subjects.consultation_card",
        choices="opentusk.consultation.subjects.consultation_cards",
    ),
    SubjectKind(kind="consultation.thematicproposal", one="opentusk.consultation.subjects.proposal_card"),
)
