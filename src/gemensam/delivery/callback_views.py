"""What providers tell us: reports of deliveries, keys pressed in calls, text messages, and what calls play.

The address holds a secret of the installation and, for what concerns one message, a secret of the attempt. Whoever
lacks them is told that there is nothing here. A report must also carry the provider's id of that very message. Told
again, nothing changes.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.delivery import answers, attempts, outbox, speech
from gemensam.delivery.channel import CallScript, Provider, Report
from gemensam.delivery.channels import READERS
from gemensam.delivery.links import callback_address, sound_address
from gemensam.delivery.models import AttemptRow
from gemensam.delivery.secret_files import callback_secret
from gemensam.ledger.append import now_ms
from gemensam.web.access import open_to_all

PUSH_WORDS = frozenset({"1", "2", "3"})


@csrf_exempt
@open_to_all
@require_POST
def delivered(request: HttpRequest, provider: str, secret: str, token: str) -> HttpResponse:
    """A delivery report of a text message."""
    reader, row = _reader(provider, secret), _attempt(token, "sms")
    return _reported(row, reader.read_report(_form(request)))


@csrf_exempt
@open_to_all
@require_POST
def hangup(request: HttpRequest, provider: str, secret: str, token: str) -> HttpResponse:
    """A call has ended, or never came about."""
    reader, row = _reader(provider, secret), _attempt(token, "voice")
    return _reported(row, reader.read_hangup(_form(request)))


@csrf_exempt
@open_to_all
@require_POST
def key(request: HttpRequest, provider: str, secret: str, token: str) -> HttpResponse:
    """A key was pressed in a call, or none was: returns what the call does next."""
    reader, row = _reader(provider, secret), _attempt(token, "voice")
    press = reader.read_press(_form(request))
    if row.reference and row.reference != press.reference:
        raise Refused("not_found")
    attempts.report(row, state="delivered", at=now_ms(), reference=press.reference)
    if press.digit:
        answers.take_press(row, press, now_ms())
    script = _script(provider, row)
    return JsonResponse(dict(reader.call_goes_on(script, press, callback_address(provider, "key", token))))


@csrf_exempt
@open_to_all
@require_POST
def incoming(request: HttpRequest, provider: str, secret: str) -> HttpResponse:
    """A text message came in; what is returned is sent back as one."""
    told = _reader(provider, secret).read_incoming(_form(request))
    if told.to != settings.GEMENSAM_CHANNELS.sms_number:
        raise Refused("not_found")
    said = answers.take_sms(told, now_ms())
    outbox.wake()
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


@open_to_all
@require_GET
def sound(request: HttpRequest, provider: str, secret: str, name: str) -> HttpResponseBase:
    """A sound file that a call plays."""
    _reader(provider, secret)
    path = speech.sound_file(Path(settings.GEMENSAM_DATA), name)
    if path is None:
        raise Refused("not_found")
    return FileResponse(path.open("rb"), content_type="audio/wav")


@csrf_exempt
@open_to_all
@require_POST
def push(request: HttpRequest, token: str) -> HttpResponse:
    """A button was pressed on a notification; its secret went encrypted to that one browser."""
    row, word = _attempt(token, "push"), request.POST.get("word", "")
    if word not in PUSH_WORDS:
        raise Refused("bad_request")
    answers.take_push(row, word, now_ms())
    attempts.report(row, state="delivered", at=now_ms(), reference=row.reference)
    return HttpResponse(status=204)


def _reader(provider: str, secret: str) -> Provider:
    reader = READERS.get(provider)
    right = constant_time_compare(secret, callback_secret(Path(settings.GEMENSAM_DATA)))
    if reader is None or not right:
        raise Refused("not_found")
    return reader


def _attempt(token: str, channel: str) -> AttemptRow:
    row = attempts.with_token(token, (channel,))
    if row is None:
        raise Refused("not_found")
    return row


def _reported(row: AttemptRow, report: Report) -> HttpResponse:
    if row.reference and row.reference != report.reference:
        raise Refused("not_found")
    reason = report.reason if report.state == "failed" else ""
    if attempts.report(row, state=report.state, at=report.at or now_ms(), reference=report.reference, reason=reason):
        outbox.wake()
    return HttpResponse(status=204)


def _script(provider: str, row: AttemptRow) -> CallScript:
    names = json.loads(row.script)
    after = {digit: sound_address(provider, name) for digit, name in names.get("after", {}).items()}
    return CallScript(sound_address(provider, names.get("say", "larm")), after)


def _form(request: HttpRequest) -> Mapping[str, str]:
    return request.POST.dict()
