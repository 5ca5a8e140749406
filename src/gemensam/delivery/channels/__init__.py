"""The channels that this installation has, built from its settings; one module for each way or provider.

Another provider of SMS or voice: a module beside `elks`, and its line in `PROVIDERS`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from gemensam.core.refusal import Refused
from gemensam.delivery.channel import Channel, Provider
from gemensam.delivery.channels import elks
from gemensam.delivery.configuration import ChannelSettings

Build = Callable[[ChannelSettings, Path], Channel]
SMS_PROVIDERS: Mapping[str, Build] = {"elks": elks.SmsChannel}
VOICE_PROVIDERS: Mapping[str, Build] = {"elks": elks.VoiceChannel}
# Who reads the callbacks under `/callbacks/<name>/`.
READERS: Mapping[str, Provider] = {"elks": elks.Reader()}


def channels() -> Mapping[str, Channel]:
    """Return every channel by name, also those that lack something (see `Channel.missing`)."""
    return _built(settings.GEMENSAM_CHANNELS, Path(settings.GEMENSAM_DATA))


@cache
def _built(chosen: ChannelSettings, data: Path) -> Mapping[str, Channel]:
    from gemensam.delivery.channels.mail import MailChannel
    from gemensam.delivery.channels.push import PushChannel

    sms = _provider(SMS_PROVIDERS, chosen.sms_provider)
    voice = _provider(VOICE_PROVIDERS, chosen.voice_provider)
    made = [sms(chosen, data), voice(chosen, data), MailChannel(), PushChannel(chosen, data)]
    return {channel.name: channel for channel in made}


def _provider(known: Mapping[str, Build], name: str) -> Build:
    if name not in known:
        raise Refused("unknown_provider", provider=name, known=", ".join(sorted(known)))
    return known[name]
