"""Which rooms keep something of people, and how they give it out and forget it: one line for each room."""

from opentusk.people.personal import PersonalData

PERSONAL_DATA: tuple[PersonalData, ...] = (
    PersonalData(
        room="bodies",
        export="opentusk.bodies.actions.personal.export",
        forget="opentusk.bodies.actions.personal.forget",
        columns=("bodies.Membership.user", "bodies.Invitation.email"),
    ),
    PersonalData(
        room="subscriptions",
        export="opentusk.subscriptions.actions.personal.export",
        forget="opentusk.subscriptions.actions.personal.forget",
        columns=("subscriptions.Subscriber.user", "subscriptions.Subscriber.email"),
    ),
    PersonalData(
        room="comments",
        export="opentusk.comments.actions.export",
        forget="opentusk.comments.actions.forget",
        columns=("comments.Comment.author", "comments.Comment.person_key", "comments.Flag.person_key"),
    ),
    PersonalData(
        room="demand",
        export="opentusk.demand.actions.export",
        forget="opentusk.demand.actions.forget",
        columns=("demand.WantedDataset.proponent", "demand.Endorsement.person_key"),
    ),
    PersonalData(
        room="programme",
        export="opentusk.programme.actions.export",
        forget="opentusk.programme.actions.forget",
        columns=("programme.Registration.user", "programme.Registration.email", "programme.Registration.name"),
    ),
    PersonalData(
        room="community",
        export="opentusk.community.actions.export",
        forget="opentusk.community.actions.forget",
        columns=(
            "community.Thread.author",
            "community.Thread.person_key",
            "community.DigestChoice.user",
            "community.ThreadFollower.user",
            "community.Mailing.user",
        ),
    ),
    PersonalData(
        room="ckan_directory",
        export="opentusk.ckan_directory.actions.accounts.export",
        forget="opentusk.ckan_directory.actions.accounts.forget",
        columns=("ckan_directory.Account.user",),
    ),
    PersonalData(
        room="reuse",
        export="opentusk.reuse.actions.export",
        forget="opentusk.reuse.actions.forget",
        columns=("reuse.Work.contact",),
    ),
    PersonalData(
        room="hackathon",
        export="opentusk.hackathon.actions.export",
        forget="opentusk.hackathon.actions.forget",
        columns=("hackathon.TeamMember.user", "hackathon.Juror.user", "hackathon.Juror.email"),
    ),
)
