"""A team and what it hands in, for its members alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.hackathon import actions
from opentusk.hackathon.errors import HackathonRefusal, Missing
from opentusk.hackathon.forms import EntryForm, JoinForm, TeamForm
from opentusk.hackathon.models import Entry, Hackathon, Team
from opentusk.hackathon.permissions import is_on_the_other_side
from opentusk.hackathon.refusals import words_for
from opentusk.hackathon.showing import checklist_of, countdown_of, may_be_named
from opentusk.hackathon.states import EntryState, HackathonState, TeamState
from opentusk.people.actors import account_of, actor_of
from opentusk.reuse.errors import ReuseRefusal
from opentusk.reuse.images import keep_image
from opentusk.reuse.picker import Picked, choices_of, elsewhere_text, found_for, picked_of, read_elsewhere, read_picked
from opentusk.reuse.refusals import field_of
from opentusk.reuse.refusals import words_for as words_of_reuse
from opentusk.ui.gates import is_too_often

_OPEN = (EntryState.DRAFT, EntryState.SUBMITTED)


@never_cache
@login_required
def team_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own team; before that, the two ways into one."""
    hackathon = _public(slug)
    team = _team_of(request, hackathon)
    if team is None:
        return _ways_in(request, hackathon)
    entry = Entry.objects.filter(team=team).select_related("work", "hackathon").first()
    me, members = account_of(request.user), list(team.members.order_by("-is_lead", "joined_at"))
    context = {
        "hackathon": hackathon,
        "team": team,
        "me": me.pk,
        "members": members,
        "agreed": sum(one.shows_name for one in members),
        "agrees": any(one.shows_name for one in members if one.user_id == me.pk),
        "may_be_named": may_be_named(me),
        "entry": entry,
        "checklist": checklist_of(team, entry),
        "is_open": hackathon.state in {HackathonState.REGISTRATIONS, HackathonState.RUNNING},
        "takes_entries": hackathon.takes_entries(timezone.now()),
        "countdown": countdown_of(hackathon),
        "may_withdraw": entry is not None and entry.state in _OPEN,
        "crumbs": _crumbs(hackathon, (_("La tua squadra"), "")),
    }
    return render(request, "hackathon/team.html", context)


@require_POST
@login_required
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """Be named beside the work, or not any more."""
    team, by = _team_of(request, _public(slug)), actor_of(request.user)
    if team is None:
        raise Http404
    if request.POST.get("do") == "mostra":
        actions.show_name(team, by=by)
    else:
        actions.hide_name(team, by=by)
    return redirect("hackathon_team", slug)


@never_cache
@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the team, or take what was handed in back: asked once more on a page of its own."""
    hackathon = _public(slug)
    team, by = _team_of(request, hackathon), actor_of(request.user)
    if team is None:
        raise Http404
    if request.method == "POST":
        entry = Entry.objects.filter(team=team, state__in=_OPEN).first()
        try:
            if request.POST.get("do") == "ritira" and entry is not None:
                actions.withdraw_entry(entry, by=by)
                messages.success(request, _("Il progetto è ritirato."))
            else:
                actions.leave_team(team, by=by)
                messages.success(request, _("Non sei più nella squadra."))
        except HackathonRefusal as refusal:
            messages.error(request, words_for(refusal))
        return redirect("hackathon_team", slug)
    what = "ritira" if request.GET.get("che") == "progetto" else "lascia"
    context = {"hackathon": hackathon, "team": team, "what": what, "crumbs": _crumbs(hackathon, (team.name, ""))}
    return render(request, "hackathon/leave.html", context)


@never_cache
@login_required
def entry_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of the entry: every button keeps it all; handing in explains what is missing."""
    hackathon = _public(slug)
    team = _team_of(request, hackathon)
    if team is None or team.state == TeamState.WITHDRAWN:
        return redirect("hackathon_team", slug)
    entry = Entry.objects.filter(team=team).select_related("work").first()
    work = entry.work if entry else None
    if request.method != "POST":
        initial = {name: getattr(work, name) for name in EntryForm.said} if work else {"title": ""}
        initial |= {"category": entry.category, "elsewhere": elsewhere_text(work)} if entry and work else {}
        picked = picked_of(work, request.GET.get("cerca_dataset", ""))
        return _form_page(request, team, entry, EntryForm(initial=initial, work=work, hackathon=hackathon), picked)
    form = EntryForm(request.POST, request.FILES, work=work, hackathon=hackathon)
    picked = read_picked(request.POST, work)
    kept = _kept(request, team, form, picked) if form.is_valid() else None
    if request.headers.get("HX-Request"):
        return render(request, "hackathon/saved.html", {"kept": kept, "at": timezone.now()})
    if kept is None:
        return _form_page(request, team, entry, form, picked)
    if request.POST.get("do") == "consegna":
        return _hand_in(request, kept, slug)
    messages.success(request, _("Salvato."))
    is_picking = request.POST.get("do") == "cerca" or {"aggiungi", "togli"} & request.POST.keys()
    query = urlencode({"cerca_dataset": picked.text}) if picked.text else ""
    return redirect(f"{request.path}?{query}#dataset" if is_picking else request.path)


def _ways_in(request: HttpRequest, hackathon: Hackathon) -> HttpResponse:
    by, do = actor_of(request.user), request.POST.get("do")
    making = TeamForm(request.POST if do == "crea" else None, auto_id="crea_%s")
    joining = JoinForm(request.POST if do == "entra" else None, auto_id="entra_%s")
    form: TeamForm | JoinForm = making if do == "crea" else joining
    if request.method == "POST" and form.is_valid():
        said = {"adult_declared": form.cleaned_data["adult_declared"], "school": form.cleaned_data["school"]}
        try:
            if do == "crea":
                actions.make_team(hackathon, form.cleaned_data["name"], by=by, **said)
            elif is_too_often(request, "hackathon.join", times=10, seconds=600):
                form.add_error("code", _("Troppi tentativi: riprova tra qualche minuto."))
            else:
                actions.join_team(hackathon, form.cleaned_data["code"], by=by, **said)
        except HackathonRefusal as refusal:
            form.add_error(None, words_for(refusal))
        if not form.errors:
            return redirect("hackathon_team", hackathon.slug)
    context = {
        "hackathon": hackathon,
        "making": making,
        "joining": joining,
        "is_open": hackathon.state in {HackathonState.REGISTRATIONS, HackathonState.RUNNING},
        "is_other_side": is_on_the_other_side(by, hackathon),
        "crumbs": _crumbs(hackathon, (_("La tua squadra"), "")),
    }
    return render(request, "hackathon/join.html", context, status=400 if form.errors else 200)


def _kept(request: HttpRequest, team: Team, form: EntryForm, picked: Picked) -> Entry | None:
    by, fields = actor_of(request.user), form.words()
    try:
        if uploaded := form.cleaned_data["image"]:
            fields["image"] = keep_image(uploaded.chunks(), name=uploaded.name, by=by)
        return actions.save_entry(
            team,
            by=by,
            category=form.cleaned_data.get("category", ""),
            datasets=picked.datasets,
            main=picked.main,
            elsewhere=read_elsewhere(form.cleaned_data["elsewhere"])[0],
            **fields,
        )
    except HackathonRefusal as refusal:
        form.add_error(None, words_for(refusal))
    except ReuseRefusal as refusal:
        form.add_error(field_of(refusal), words_of_reuse(refusal))
    return None


def _hand_in(request: HttpRequest, entry: Entry, slug: str) -> HttpResponse:
    if entry.state == EntryState.SUBMITTED:
        if lacking := actions.missing_of(entry):
            messages.error(request, words_for(Missing(lacking)))
        messages.success(request, _("Il progetto era già consegnato: le modifiche sono salvate."))
        return redirect("hackathon_team", slug)
    try:
        actions.submit(entry, by=actor_of(request.user))
    except HackathonRefusal as refusal:
        messages.error(request, f"{_('Il progetto è salvato ma non consegnato.')} {words_for(refusal)}")
        return redirect("hackathon_entry_form", slug)
    messages.success(request, _("Consegnato. Puoi ancora cambiarlo finché le consegne sono aperte."))
    return redirect("hackathon_team", slug)


def _form_page(request: HttpRequest, team: Team, entry: Entry | None, form: EntryForm, picked: Picked) -> HttpResponse:
    hackathon = team.hackathon
    context = {
        "hackathon": hackathon,
        "team": team,
        "entry": entry,
        "work": entry.work if entry else None,
        "form": form,
        "choices": choices_of(picked),
        "found": found_for(picked),
        "text": picked.text,
        "checklist": checklist_of(team, entry),
        "takes_entries": hackathon.takes_entries(timezone.now()),
        "countdown": countdown_of(hackathon),
        "crumbs": _crumbs(
            hackathon, (_("La tua squadra"), f"/hackathon/{hackathon.slug}/squadra"), (_("Progetto"), "")
        ),
    }
    return render(request, "hackathon/entry_form.html", context, status=400 if form.errors else 200)


def _public(slug: str) -> Hackathon:
    hackathon = get_object_or_404(Hackathon, slug=slug)
    if not hackathon.is_public:
        raise Http404
    return hackathon


def _team_of(request: HttpRequest, hackathon: Hackathon) -> Team | None:
    found = Team.objects.filter(hackathon=hackathon, members__user=account_of(request.user))
    return found.select_related("hackathon").first()


def _crumbs(hackathon: Hackathon, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Hackathon"), "/hackathon"), (hackathon.title, f"/hackathon/{hackathon.slug}"), *more]
