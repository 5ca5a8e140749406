"""SMS and voice by 46elks, after its public documentation (46elks.se/docs: send-sms, sms-delivery-reports, receive-sms,
make-call, call-actions, voice-ivr, voice-play).

Requests are forms with basic authentication; a message is known by the `id` in the answer. Callbacks are forms posted
to addresses that we give (delivery reports, keys, hang-up) or that are set once at the provider (incoming SMS); one
that is not answered with 200–204 is told again, for at least six hours. Text is read aloud by 46elks only in English:
calls play sound files that we serve (see `speech`).
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.delivery import http, speech
from gemensam.delivery.channel import (
    DELIVERED,
    FAILED,
    SENT,
    UNKNOWN,
    CallScript,
    Incoming,
    Outcome,
    Press,
    Report,
)
from gemensam.delivery.configuration import NUMBER, ChannelSettings, is_here
from gemensam.delivery.links import callback_address, sound_address
from gemensam.delivery.outbox import Message

RING_S = 40
LISTEN_S, READINGS = 20, 2
AGAIN = "9"  # the key that plays the message once more
# Certainly not taken, and perhaps in a moment: wrong password (set right meanwhile), too much at once, out of order.
_FOR_NOW = frozenset({401, 402, 403, 408, 425, 429, 500, 503})
_BETWEEN = frozenset({502, 504})  # a gateway that does not know what became of it
_STATES = {"created": SENT, "sent": SENT, "delivered": DELIVERED, "failed": FAILED}
_IDENTITY = re.compile(r"[A-Za-z0-9_-]{1,100}")


class _Elks:
    """What SMS and voice have in common."""

    threads = 8

    def __init__(self, chosen: ChannelSettings, data: Path) -> None:
        self._chosen, self._data = chosen, data

    @property
    def is_local(self) -> bool:
        return is_here(self._chosen.elks_address)

    def missing(self) -> str:
        chosen = self._chosen
        if not (chosen.elks_user and chosen.elks_password):
            return "no_provider_account"
        return "no_public_address" if not chosen.public_address else ""

    def prepare(self, message: Message) -> Mapping[str, Any]:
        return {}

    def _post(self, path: str, form: Mapping[str, str]) -> Outcome:
        chosen = self._chosen
        try:
            reply = http.post_form(
                f"{chosen.elks_address.rstrip('/')}/{path}", form, user=chosen.elks_user,
                password=chosen.elks_password, proxy=chosen.outgoing_proxy,
            )  # fmt: skip
        except http.NotHandedOver as fault:
            return Outcome(FAILED, reason=str(fault), again=True)
        except http.Unclear as fault:
            return Outcome(UNKNOWN, reason=str(fault))
        return outcome_of(reply)


class SmsChannel(_Elks):
    """Text messages from the one number that can be answered."""

    name = "sms"

    def missing(self) -> str:
        return super().missing() or ("no_number" if not self._chosen.sms_number else "")

    def send(self, message: Message, key: str) -> Outcome:
        if not NUMBER.fullmatch(message.address):
            return Outcome(FAILED, reason="no_address")
        form = {"from": self._chosen.sms_number, "to": message.address, "message": message.marked_text}
        return self._post("sms", {**form, "whendelivered": callback_address("elks", "delivered", key)})


class VoiceChannel(_Elks):
    """Calls that play the message and listen for a key."""

    name = "voice"

    def missing(self) -> str:
        return super().missing() or ("no_number" if not self._chosen.caller else "") or self._no_sound()

    def _no_sound(self) -> str:
        has_any = self._chosen.speech_command or speech.sound_file(self._data, "larm")
        return "" if has_any else "no_speech"

    def prepare(self, message: Message) -> Mapping[str, Any]:
        """The names of the sounds: what is said, and after each key."""
        command = self._chosen.speech_command
        if not command:
            return {"say": speech.recorded_name(message.mark), "after": {}}
        after = message.voice.get("after", {})
        return {
            "say": speech.name_of(_said(message), command),
            "after": {key: speech.name_of(text, command) for key, text in sorted(after.items())},
        }

    def send(self, message: Message, key: str) -> Outcome:
        if not NUMBER.fullmatch(message.address):
            return Outcome(FAILED, reason="no_address")
        try:
            self._make_sounds(message)
        except speech.NoSound as fault:
            return Outcome(FAILED, reason=str(fault))
        say = sound_address("elks", self.prepare(message)["say"])
        form = {
            "from": self._chosen.caller, "to": message.address, "timeout": str(RING_S),
            "voice_start": json.dumps(menu(say, callback_address("elks", "key", key))),
            "whenhangup": callback_address("elks", "hangup", key),
        }  # fmt: skip
        return self._post("calls", form)

    def _make_sounds(self, message: Message) -> None:
        """Have everything read aloud before anybody is called; without a speech program there are recordings."""
        command = self._chosen.speech_command
        if command:
            for text in [_said(message), *message.voice.get("after", {}).values()]:
                speech.make_sound(self._data, text, command)
        elif speech.sound_file(self._data, speech.recorded_name(message.mark)) is None:
            raise speech.NoSound(f"no recording {speech.recorded_name(message.mark)}.wav")


def _said(message: Message) -> str:
    from gemensam.delivery.rules import marked

    return marked(str(message.voice.get("say") or message.text), message.mark)


def menu(say: str, next_address: str) -> dict[str, Any]:
    """The action that plays a sound twice, each time listening for a key."""
    return {"ivr": say, "digits": 1, "timeout": LISTEN_S, "repeat": READINGS, "next": next_address}


def outcome_of(reply: http.Reply) -> Outcome:
    """Read the answer to a message that was handed over."""
    if 200 <= reply.status < 300:
        return _taken(reply)
    reason = f"{reply.status} {reply.words}".strip()
    if reply.status in _BETWEEN:
        return Outcome(UNKNOWN, reason=reason)
    return Outcome(FAILED, reason=reason, again=reply.status in _FOR_NOW)


def _taken(reply: http.Reply) -> Outcome:
    """A good status without an id that we can read: something was taken, and we shall not hear of it."""
    try:
        told = json.loads(reply.body)
        reference, word = str(told["id"]), str(told.get("status") or told.get("state") or "created")
    except (ValueError, KeyError, TypeError, AttributeError):
        return Outcome(UNKNOWN, reason="the answer could not be read")
    if not _IDENTITY.fullmatch(reference):
        return Outcome(UNKNOWN, reason="the answer could not be read")
    if word == "failed":
        return Outcome(FAILED, reference, "failed")
    return Outcome(SENT, reference)


class Reader:
    """Reads what 46elks tells."""

    def read_report(self, form: Mapping[str, str]) -> Report:
        """`id`, `status` (sent, delivered, failed), `delivered` (UTC, where it is)."""
        state = _STATES.get(form.get("status", ""))
        if state is None:
            raise Refused("bad_request")
        return Report(_identity(form, "id"), state, _time(form.get("delivered", "")), form.get("status", ""))

    def read_hangup(self, form: Mapping[str, str]) -> Report:
        """The call's data when it has ended: `state` is success where somebody (or an answering machine) picked up."""
        state = form.get("state") or form.get("result") or ""
        return Report(_identity(form, "callid", "id"), DELIVERED if state == "success" else FAILED, 0, state[:40])

    def read_press(self, form: Mapping[str, str]) -> Press:
        """`callid` and `result`: the key, or `failed` where none was pressed."""
        result = form.get("result", "")
        digit = result if re.fullmatch(r"[0-8]", result) else ""
        return Press(_identity(form, "callid"), digit, again=result == AGAIN)

    def read_incoming(self, form: Mapping[str, str]) -> Incoming:
        """`id`, `from`, `to`, `message`, `created` (UTC)."""
        sender, to = form.get("from", ""), form.get("to", "")
        if form.get("direction", "incoming") != "incoming" or not NUMBER.fullmatch(to):
            raise Refused("bad_request")
        return Incoming(_identity(form, "id"), sender, to, form.get("message", ""), _time(form.get("created", "")))

    def call_goes_on(self, script: CallScript, press: Press, next_address: str) -> Mapping[str, Any]:
        if press.again:
            return menu(script.say, next_address)
        if sound := script.after.get(press.digit):
            return {"play": sound, "skippable": False}
        return {"hangup": "reject"}


def _identity(form: Mapping[str, str], *names: str) -> str:
    found = next((form[name] for name in names if form.get(name)), "")
    if not _IDENTITY.fullmatch(found):
        raise Refused("bad_request")
    return found


def _time(text: str) -> int:
    """A time as 46elks writes it (UTC without a zone) in ms; 0 for one that cannot be read."""
    try:
        return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return 0
