"""Threads: the list, one of them, and what is done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opentusk.comments.models import Comment
from opentusk.comments.threads import count_of
from opentusk.community import actions
from opentusk.community.forms import AnswerForm, ThreadForm
from opentusk.community.models import DigestChoice, Document, Thread
from opentusk.community.permissions import can_have, can_moderate, can_read, is_author
from opentusk.community.refusals import REFUSALS, words_for
from opentusk.community.shown import answers_of, signature_of
from opentusk.community.views.entrance import reserved
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of
from opentusk.ui.gates import is_too_often

_A_PAGE = 20


@reserved
@require_safe
def community(request: HttpRequest) -> HttpResponse:
    """The threads, of one category or with certain words when asked; documents with the same words."""
    by = actor_of(request.user)
    asked = {"argomento": request.GET.get("argomento", ""), "q": request.GET.get("q", "").strip()[:100]}
    shown = Thread.objects.all() if can_moderate(by) else Thread.objects.visible()
    documents: list[Document] = []
    if asked["argomento"] in Thread.Category.values:
        shown = shown.filter(category=asked["argomento"])
    if asked["q"]:
        shown = shown.saying(asked["q"])
        found = Document.objects.saying(asked["q"]).in_order()
        documents = [one for one in found if can_have(by, one)]
    page = Paginator(shown.exclude(state=Thread.State.DELETED).pinned_first(), _A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "threads": [(one, signature_of(one), count_of(reference_of(one))) for one in page],
        "documents": documents,
        "categories": Thread.Category.choices,
        "asked": asked,
        "digest": DigestChoice.objects.filter(user=by.user_id).first(),
        "crumbs": [(_("Partecipa"), "/partecipa"), (_("Comunità"), "")],
    }
    return render(request, "community/community.html", context)


@reserved
def start(request: HttpRequest) -> HttpResponse:
    """A new thread."""
    form = ThreadForm(request.POST or None)
    if request.method == "POST" and is_too_often(request, "community", times=20, seconds=600):
        form.add_error(None, _("Troppi messaggi in poco tempo: riprova fra qualche minuto."))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.start_thread(
                by=actor_of(request.user),
                category=Thread.Category(typed["category"]),
                title=typed["title"],
                body=typed["body"],
            )
        except REFUSALS as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return redirect("community_thread", made.pk)
    context = {"form": form, "crumbs": [(_("Comunità"), "/comunita"), (_("Nuova discussione"), "")]}
    return render(request, "community/start.html", context, status=400 if form.errors else 200)


@reserved
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One thread with its answers, and the form for another."""
    found, by = _thread(request, pk), actor_of(request.user)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and is_too_often(request, "community", times=20, seconds=600):
        form.add_error(None, _("Troppi messaggi in poco tempo: riprova fra qualche minuto."))
    if request.method == "POST" and form.is_valid():
        parent = Comment.objects.filter(pk=form.cleaned_data["parent"] or 0).first()
        try:
            made = actions.answer(found, form.cleaned_data["body"], by=by, parent=parent)
        except REFUSALS as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return redirect(f"/comunita/{pk}#commento-{made.pk}")
    answers = answers_of(found, user_id=by.user_id)
    context = {
        "thread": found,
        "signature": signature_of(found),
        "answers": answers,
        "useful": next((one for one in answers if one.comment.pk == found.useful_answer_id), None),
        "form": form,
        "can_write": not found.is_locked,
        "is_followed": found.followers.filter(user=by.user_id).exists(),
        "can_mark": is_author(by, found) or can_moderate(by),
        "can_moderate": can_moderate(by),
        "can_delete": is_author(by, found) or can_moderate(by),
        "post_url": f"/comunita/{pk}",
        "crumbs": [(_("Comunità"), "/comunita"), (found.title, "")],
    }
    return render(request, "community/thread.html", context, status=400 if form.errors else 200)


@reserved
@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Follow, pin, lock, hide, show or delete a thread, or say which answer helped."""
    found, by = _thread(request, pk), actor_of(request.user)
    try:
        match what:
            case "fissa" | "stacca":
                actions.set_pinned(found, what == "fissa", by=by)
            case "chiudi" | "riapri":
                actions.set_locked(found, what == "chiudi", by=by)
            case "nascondi" | "mostra":
                state = Thread.State.HIDDEN if what == "nascondi" else Thread.State.VISIBLE
                actions.move_thread(found, state, by=by, note=request.POST.get("note", "")[:300])
            case "cancella":
                actions.move_thread(found, Thread.State.DELETED, by=by)
            case "segui":
                actions.follow(found, by=by)
            case "non-seguire":
                actions.unfollow(found, by=by)
            case "utile":
                number = request.POST.get("comment", "")
                chosen = get_object_or_404(Comment, pk=number) if number.isdigit() else None
                actions.mark_useful(found, chosen, by=by)
            case _:
                raise Http404
    except REFUSALS as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Fatto."))
    return redirect("community" if what == "cancella" else f"/comunita/{pk}")


@reserved
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Have the daily letter, or no more of it."""
    actions.choose_digest(request.POST.get("wants") == "1", by=actor_of(request.user))
    messages.success(request, _("Salvato."))
    return redirect("community")


def _thread(request: HttpRequest, pk: int) -> Thread:
    found = get_object_or_404(Thread.objects.select_related("author", "as_body"), pk=pk)
    if found.state == Thread.State.DELETED or not can_read(actor_of(request.user), found):
        raise Http404
    return found
