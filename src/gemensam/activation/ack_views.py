"""The acknowledgement link: one function answers one larm without account, on a telephone, with one press (R3).

A GET changes nothing, so that a mail program that looks at every link uses nothing up. Who else is signed in in this
browser makes no difference. The page shows what the message said, and nothing of the space.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gemensam.accounts.limits import too_often
from gemensam.accounts.principals import token_digest
from gemensam.activation.domain import larms
from gemensam.activation.domain.larms import ASSESS, SENT, LarmData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.larm_commands import Reply, answer_for
from gemensam.activation.lately import alerted_lately
from gemensam.activation.tokens import Holder, holder_of
from gemensam.activation.words import Speech
from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.judge import load_payloads
from gemensam.ledger.log import LOG
from gemensam.organisations.names import in_language
from gemensam.web import labels, times
from gemensam.web.access import open_to_all
from gemensam.web.secret_links import for_anybody


# The secret in the address is the only right there is: no cookie is used, so that none can be abused from elsewhere.
@open_to_all
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_anybody
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """Look at a larm that one has been reached by, and answer it; the answer can be changed as long as it goes on."""
    wait = too_often(request, "answer_link", token_digest(token)) if request.method == "POST" else None
    if wait is not None:
        return wait
    holder = find_holder(token, times.now())
    if holder is None:
        dead = render(request, "activation/link_dead.html", {"stands_alone": True}, status=404)
        return too_often(request, "answer_link_missed") or dead
    return _answered(request, holder) if request.method == "POST" else _draw(request, holder)


def find_holder(token: str, now: int) -> Holder | None:
    """Return whose link it is, among the larms whose time is not over (ms UTC); None for any other word.

    Where a later larm has taken the place of the one that the link was sent with, it leads to that one.
    """
    going = [(state.space, thing.subject, data_of(thing, LarmData)) for state, thing in _sent(now)]
    found = holder_of(token, going)
    return _latest(found, now) if found is not None else None


def _sent(now: int) -> Iterator[tuple[SpaceState, Thing]]:
    for state in alerted_lately(now):
        for thing in state.group("larms_sent"):
            if now < data_of(thing, LarmData).ends_at:
                yield state, thing


def _latest(holder: Holder, now: int) -> Holder:
    state = LOG.catch_up(holder.space)
    for _ in range(state.size("larms")):
        after = [each for each in state.group("larms_after", holder.larm) if _is_for(each, holder, now)]
        if not after:
            break
        holder = holder._replace(larm=after[-1].subject)
    return holder


def _is_for(thing: Thing, holder: Holder, now: int) -> bool:
    data = data_of(thing, LarmData)
    named = any(holder.function in each.functions for each in data.members if each.organisation == holder.organisation)
    return named and thing.status == SENT and now < data.ends_at


def _answered(request: HttpRequest, holder: Holder) -> HttpResponse:
    code, from_at = request.POST.get("code", "")[:2], request.POST.get("from_at", "").strip()
    try:
        reply = Reply(code, times.parse(from_at[:40]) if from_at else 0, via="lank")
        if not _stands_already(holder, reply):
            answer_for(holder, reply)
    except Refused as refused:
        status = labels.status_of(refused.code)
        return _draw(request, holder, status=status, refusal=labels.words(refused))
    return _draw(request, holder, done=True)


def _stands_already(holder: Holder, reply: Reply) -> bool:
    """Whether the same answer was the function's last: a press that comes twice writes nothing more."""
    last = _last(LOG.catch_up(holder.space).thing(holder.larm), holder)
    return last is not None and (last.code, last.from_at) == (reply.code, reply.from_at)


def _last(thing: Thing | None, holder: Holder) -> larms.Answer | None:
    given = thing.data.answers_of(holder.organisation) if thing is not None else ()
    return next((each for each in reversed(given) if each.function == holder.function), None)


def _draw(request: HttpRequest, holder: Holder, *, status: int = 200, **more: Any) -> HttpResponse:
    state, directory = LOG.catch_up(holder.space), LOG.catch_up(DIRECTORY)
    thing = state.things[holder.larm]
    data, speech = data_of(thing, LarmData), Speech(directory, state)
    told = load_payloads(holder.space, [data.content]).get(data.content) or {}
    last = _last(thing, holder)
    context = {
        "stands_alone": True, "fields": told.get("fields") or {}, "mark": data.mark,
        "exercise": data.mark == larms.EXERCISE,
        "name": speech.word("alert_texts", data.text), "sender": speech.organisation(thing.organisation),
        "who": speech.who(holder.organisation, holder.function), "sent_at": data.sent_at, "ends_at": data.ends_at,
        "last": last, "last_words": speech.word("alert_answers", last.code) if last else "",
        "codes": [{**item, "words": in_language(item)} for item in speech.items("alert_answers")
                  if item["code"] in data.codes],
        "assesses": data.purpose == ASSESS, "space": holder.space, "call": data.call,
        "names_conference": data.names_conference, **more,
    }  # fmt: skip
    return render(request, "activation/link.html", context, status=status)
