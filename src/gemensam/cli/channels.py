"""The channels of this installation: what each lacks, and a test that goes all the way to one address."""

import argparse
import time
from typing import TYPE_CHECKING

from gemensam.cli.setting_up import open_data
from gemensam.core.refusal import Refused

if TYPE_CHECKING:
    from gemensam.delivery.attempts import Claim

# No translation here: what is sent is in the network's language, what is printed in the administrator's.
SAID = "PROV PROV. Gemensam testar kanalen. Ingen händelse. Inget behöver göras. PROV"
SPOKEN = "Detta är ett prov. Gemensam testar kanalen. Ingen händelse har inträffat. Detta var ett prov."
LOOK_S = 0.2


def list_channels(_chosen: argparse.Namespace) -> None:
    """Print each channel, what is missing, and where a provider is to call (the only secret that is printed)."""
    open_data()
    from django.conf import settings

    from gemensam.delivery.channels import channels
    from gemensam.delivery.links import incoming_address

    for name in channels():
        missing = _missing(name)
        print(f"{name:<6} {'not set: ' + missing if missing else 'set'}")
    if settings.GEMENSAM_CHANNELS.public_address:
        print("\nThe provider of SMS is to post incoming messages to (keep it secret):")
        print(f"  {incoming_address(settings.GEMENSAM_CHANNELS.sms_provider)}")


def test_channel(chosen: argparse.Namespace) -> int:
    """Send one message marked PROV to one address and print what came of it; 1 when it was not taken."""
    open_data()
    from gemensam.delivery import attempts
    from gemensam.delivery.channels import channels
    from gemensam.ledger.append import now_ms

    if why := _missing(chosen.channel):
        raise Refused("channel_not_set", why=why)
    claim = _claim(chosen.channel, chosen.address)
    attempts.claim([claim], "test", now_ms())
    outcome = channels()[chosen.channel].send(claim.item.message, claim.token)
    attempts.settle([attempts.Settled(claim.token, outcome, now_ms())])
    told = [outcome.state, outcome.reference and f"id {outcome.reference}", _words(outcome.reason)]
    print(f"{chosen.channel} to {chosen.address}: {', '.join(part for part in told if part)}", flush=True)
    if outcome.state == "sent" and chosen.wait:
        _await_report(claim.item.id, chosen.wait)
    print("Whether it arrived only the recipient can tell: ask.")
    return 0 if outcome.state == "sent" else 1


def _claim(channel: str, address: str) -> "Claim":
    """An attempt of no source's, so that the provider's reports about it are received as they will be."""
    import json
    import secrets

    from gemensam.delivery.attempts import Claim
    from gemensam.delivery.channels import channels
    from gemensam.delivery.outbox import Item, Message

    message = Message(channel, address, SAID, subject="PROV Gemensam", voice={"say": SPOKEN}, mark="PROV")
    item = Item(f"test-{secrets.token_hex(8)}", cause="", space="", due_at=0, not_after=0, message=message)
    return Claim("", item, 1, script=json.dumps(dict(channels()[channel].prepare(message))))


def _await_report(item: str, wait_s: float) -> None:
    from gemensam.delivery.outbox import attempts_of

    until = time.monotonic() + wait_s
    while time.monotonic() < until:
        attempt = attempts_of([item])[item][0]
        if attempt.reported_at and attempt.state in ("delivered", "failed"):
            print(f"The provider reports: {attempt.state} {attempt.reason}".rstrip())
            return
        time.sleep(LOOK_S)
    print(f"Within {wait_s:g} s the provider has reported nothing. Is the server running, and reached from outside?")


def _missing(name: str) -> str:
    from gemensam.delivery.channels import channels
    from gemensam.delivery.dispatch import withheld

    channel = channels().get(name)
    if channel is None:
        raise Refused("unknown_channel", channel=name)
    return _words(withheld(channel))


def _words(code: str) -> str:
    from django.utils.translation import override

    from gemensam.delivery import labels

    with override("en"):
        return labels.reason(code)
