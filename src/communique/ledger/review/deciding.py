"""Decisions over the web: each answers with the claim's card as it stands afterwards.

Who asks without script is sent back to the page instead. Somebody else's decision in the meantime is answered
with 409 and the card as it stands now; a value that the words do not hold with 422 and the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.claims import actions
from communique.ledger.claims.actions import Impossible, Unsupported
from communique.ledger.claims.kinds import TYPES
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.queries import held
from communique.ledger.claims.versions import Conflict
from communique.ledger.documents import queries as documents
from communique.ledger.documents.models import Document
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.review.cards import card
from communique.ledger.review.desk import desk
from communique.ledger.review.forms import FindingForm, initial_of
from communique.ledger.review.names import CURRENCIES, Names, suggestions
from communique.ledger.review.prefilling import guessed
from communique.ledger.review.queries import last_act, visible

DECISIONS: dict[str, State] = {
    "accept": State.ACCEPTED,
    "reject": State.REJECTED,
    "unsure": State.UNSURE,
    "reopen": State.PROPOSED,
}
_DONE = {
    "accept": "Accepted",
    "reject": "Rejected",
    "doubt": "Marked unsure",
    "unsure": "Marked unsure",
    "reopen": "Opened again",
    "correct": "Corrected",
    "add": "Added",
}


@require_safe
@needs("proposals")
def finding(request: Request, uid: str) -> HttpResponse:
    """Return the card of a claim as it stands now."""
    return _card(request, _claim(request, uid))


@require_POST
@needs("decide")
def decide(request: Request, uid: str) -> HttpResponse:
    """Accept, reject, doubt or reopen a claim."""
    claim = _claim(request, uid)
    told = request.POST.get("decision", "")
    if told not in DECISIONS:
        return HttpResponse(f"{told or 'nothing'}: no decision", status=400, content_type="text/plain")
    version, why = _version(request), request.POST.get("why", "").strip()
    try:
        decided = actions.decide(uid, DECISIONS[told], version=version, by=request.viewer.name, why=why)
    except Conflict as conflict:
        if not _is_mine(conflict.now, request, version, DECISIONS[told]):
            return _conflict(request, conflict)
        return _card(request, conflict.now, told=_DONE[told])
    decided.claim.document = claim.document
    return _card(request, decided.claim, told=_DONE[told])


@require_http_methods(["GET", "HEAD", "POST"])
@needs("decide")
def correct(request: Request, uid: str) -> HttpResponse:
    """Show the form that corrects a claim, and put its values in the place of those held."""
    claim = _claim(request, uid)
    names = _names(claim.document)
    if request.method != "POST":
        return _correcting(
            request, claim, FindingForm(claim.kind, names, initial=initial_of(claim.finding())), names
        )
    form = FindingForm(claim.kind, names, request.POST)
    if not form.is_valid():
        return _correcting(request, claim, form, names, status=422)
    start, end = _place(request, claim.start, claim.end)
    changed = form.changes(claim.value)
    if not changed and (start, end) == (claim.start, claim.end):
        form.add_error(None, "Nothing is changed. To keep it as it is, accept it.")
        return _correcting(request, claim, form, names, status=422)
    try:
        decided = actions.correct(
            uid,
            changed | actions.without_support(claim.value, changed),
            version=_version(request),
            by=request.viewer.name,
            why=form.why,
            start=start,
            end=end,
        )
    except Conflict as conflict:
        return _conflict(request, conflict)
    except (Unsupported, Impossible) as error:
        _refuse(form, error)
        return _correcting(request, claim, form, names, status=422)
    decided.claim.document = claim.document
    return _card(request, decided.claim, told=_DONE["correct"])


@require_POST
@needs("decide")
def take_newer(request: Request, uid: str) -> HttpResponse:
    """Take what a newer reading has in the place of what was decided."""
    claim = _claim(request, uid)
    value = claim.challenge["value"] if claim.challenge is not None else None
    if value is None:
        return HttpResponse("There is no other reading to take.", status=400, content_type="text/plain")
    why = request.POST.get("why", "").strip() or "The newer reading says so."
    try:
        decided = actions.correct(uid, value, version=_version(request), by=request.viewer.name, why=why)
    except Conflict as conflict:
        return _conflict(request, conflict)
    decided.claim.document = claim.document
    return _card(request, decided.claim, told="Newer reading taken")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("add")
def add(request: Request, pk: int) -> HttpResponse:
    """Show the form that adds what the reader missed, and add it."""
    document = _document(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "statement")
    kind = kind if kind in TYPES else "statement"
    start, end = _place_in(asked, document)
    names = _names(document)
    if request.method != "POST":
        form = FindingForm(kind, names, initial=guessed(kind, names, start, end))
        return _adding(request, document, form, (start, end), names)
    form = FindingForm(kind, names, request.POST)
    if start == end:
        form.add_error(None, "Select the words that say so.")
    if not form.is_valid():
        return _adding(request, document, form, (start, end), names, status=422)
    try:
        added = actions.add(
            document, kind, form.changes({}), start=start, end=end, by=request.viewer.name, why=form.why
        )
    except Conflict as conflict:
        conflict.now.document = document
        return _conflict(request, conflict)
    except (Unsupported, Impossible) as error:
        _refuse(form, error)
        return _adding(request, document, form, (start, end), names, status=422)
    added.claim.document = document
    return _card(request, added.claim, told=_DONE["add"], status=201)


@require_POST
@needs("decide")
def take_back(request: Request, pk: int | None = None) -> HttpResponse:
    """Undo one's own last decision: on a document, or on whatever it was."""
    last = last_act(request.viewer.name, pk)
    if last is None:
        return _told(request, "There is nothing of yours to undo here.", 404)
    uid = last.subject.partition(":")[2]
    try:
        undo(last.seq, by=request.viewer.name)
    except NotUndoable as error:
        return _told(request, f"Not undone: {error}.", 409)
    now = held(request.viewer).select_related("document").filter(uid=uid).first()
    told = f"Undone: {_DONE[last.verb].lower()}"
    if now is not None:
        return _card(request, now, told=told)
    if not _is_scripted(request):
        messages.success(request, f"{told}.")
        return redirect(_back(request, pk))
    return render(request, "review/gone.html", {"uid": uid, "told": told})


@require_safe
@needs("decide")
def names(request: Request) -> HttpResponse:
    """Return names known to the ledger that begin with some words, as options."""
    found = suggestions(request.GET.get("q", "")[:100])
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((name,) for name in found)))


# --- what comes in ------------------------------------------------------------------------------------------


def _claim(request: Request, uid: str) -> Claim:
    found = held(request.viewer).select_related("document").defer("document__text").filter(uid=uid).first()
    if found is None:
        raise Http404("no such claim")
    return found


def _document(request: Request, pk: int) -> Document:
    found = visible(request.viewer).filter(pk=pk, withdrawn=False).first()
    if found is None:
        raise Http404("no such document")
    return found


def _names(document: Document) -> Names:
    reading = documents.reading(document)
    if reading is None:
        raise Http404("this document was not read")
    return Names(reading.decoded())


def _version(request: Request) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def _place(request: Request, start: int, end: int) -> tuple[int, int]:
    """Return the words that a correction stands on: those held, where no others are named."""
    told = (request.POST.get("start", ""), request.POST.get("end", ""))
    if all(one.isascii() and one.isdecimal() and len(one) < 10 for one in told):
        return int(told[0]), int(told[1])
    return start, end


def _place_in(asked: Mapping[str, Any], document: Document) -> tuple[int, int]:
    """Return the words that something is added on, without the white space around them."""
    told = [str(asked.get(name, "")) for name in ("start", "end")]
    if not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in told):
        return 0, 0
    start, end = int(told[0]), min(int(told[1]), len(document.text))
    words = document.text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _is_mine(now: Claim, request: Request, version: int, state: State) -> bool:
    """Tell a decision that is sent twice, since its answer was lost, from somebody else's."""
    standing = State.CORRECTED if state == State.ACCEPTED and now.as_read is not None else state
    return now.by == request.viewer.name and now.version == version + 1 and now.state == standing


def _refuse(form: FindingForm, error: Unsupported | Impossible) -> None:
    form.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    if isinstance(error, Unsupported):
        form.fields["why"].required = True
        form.fields["why"].widget.attrs["data-wanted"] = True


# --- what goes out ------------------------------------------------------------------------------------------


def _from_queue(request: Request) -> bool:
    named = (request.headers.get("X-Page"), request.GET.get("from"), request.POST.get("from"))
    return "queue" in named


def _is_scripted(request: Request) -> bool:
    return "HX-Request" in request.headers


def _card(
    request: Request, claim: Claim, *, told: str = "", notice: str = "", status: int = 200
) -> HttpResponse:
    if not _is_scripted(request) and request.method == "POST":
        if told or notice:
            messages.add_message(
                request, messages.WARNING if notice else messages.SUCCESS, f"{notice or told}."
            )
        return redirect(f"{_back(request, claim.document_id)}#c-{claim.uid}")
    around = desk(request, may_decide=request.viewer.may("decide"), in_queue=_from_queue(request))
    context = {"card": card(claim), "told": told, "notice": notice, **around}
    return render(request, "review/finding.html", context, status=status)


def _conflict(request: Request, conflict: Conflict) -> HttpResponse:
    now = held(request.viewer).select_related("document").filter(uid=conflict.now.uid).first()
    if now is None:
        return _told(request, "This claim is no longer there: its document was withdrawn or read again.", 410)
    return _card(request, now, notice=str(conflict).partition(" (")[0], status=409)


def _told(request: Request, words: str, status: int) -> HttpResponse:
    if _is_scripted(request):
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    messages.warning(request, words)
    return redirect(_back(request, None))


def _back(request: Request, pk: int | None) -> str:
    if _from_queue(request) or pk is None:
        return reverse("review:queue")
    return reverse("review:document", args=(pk,))


def _correcting(
    request: Request, claim: Claim, form: FindingForm, names: Names, *, status: int = 200
) -> HttpResponse:
    start, end = _place(request, claim.start, claim.end)
    context = {
        "title": "Correct a claim",
        "form": form,
        "card": card(claim),
        "names": names,
        "currencies": CURRENCIES,
        "start": start,
        "end": end,
        "quote": claim.document.text[start:end] if (start, end) != (claim.start, claim.end) else claim.quote,
        "version": request.POST.get("version", claim.version),
        "in_queue": _from_queue(request),
    }
    template = "review/correcting_form.html" if _is_scripted(request) else "review/correcting.html"
    return render(request, template, context, status=status)


def _adding(
    request: Request,
    document: Document,
    form: FindingForm,
    place: tuple[int, int],
    names: Names,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": "Add what was missed",
        "form": form,
        "document": document,
        "names": names,
        "currencies": CURRENCIES,
        "kinds": tuple(TYPES),
        "start": place[0],
        "end": place[1],
        "quote": document.text[place[0] : place[1]],
    }
    template = "review/adding_form.html" if _is_scripted(request) else "review/adding.html"
    return render(request, template, context, status=status)
