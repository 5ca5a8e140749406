"""The channels' settings: from the file and the environment, checked, with secrets that show nowhere."""

from dataclasses import fields
from pathlib import Path

import pytest

from gemensam.delivery.configuration import ChannelSettings, read_channels
from gemensam.web.configuration import BadSetting

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "channels.md"


def read(data: Path, text: str = "", mode: int = 0o600, **environ: str) -> ChannelSettings:
    if text:
        (data / "channels.toml").write_text(text)
        (data / "channels.toml").chmod(mode)
    return read_channels({"GEMENSAM_DATA": str(data), **environ})


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    text = 'sms_number = "+46766860001"\nelks_user = "u1"\nspeech_command = ["espeak-ng", "-w", "{file}"]'
    found = read(tmp_path, text, GEMENSAM_ELKS_USER="u2", GEMENSAM_PUSH_SERVICES="a.example .b.example")
    assert (found.sms_number, found.elks_user, found.caller) == ("+46766860001", "u2", "+46766860001")
    assert found.speech_command == ("espeak-ng", "-w", "{file}") and found.push_services == ("a.example", ".b.example")


def test_a_secret_in_a_file_that_others_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="chmod 600"):
        read(tmp_path, 'elks_password = "x"', mode=0o640)
    assert read(tmp_path, 'elks_password = "x"').elks_password == "x"


def test_secrets_show_nowhere(tmp_path: Path) -> None:
    found = read(
        tmp_path, GEMENSAM_ELKS_PASSWORD="top-secret", GEMENSAM_OUTGOING_PROXY="http://u:top-secret@proxy:3128"
    )
    assert "top-secret" not in repr(found) + str(found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('pigeon = "x"', "pigeon: no such setting"),
        ('sms_number = "0701234567"', "sms_number: give the number"),
        ("sms_number = 46701234567", "sms_number: give a text"),
        ('speech_command = "espeak-ng"', "speech_command: give a list"),
        ('public_address = "http://samverkan.example"', "public_address: give https"),
        ('elks_address = "http://api.example"', "elks_address: give https"),
        ("sms_number = ", "channels.toml: "),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadSetting, match=told):
        read(tmp_path, text)


def test_every_setting_is_explained() -> None:
    told = DOCUMENT.read_text()
    assert [one.name for one in fields(ChannelSettings) if f"`{one.name}`" not in told] == []
    assert [one.name for one in fields(ChannelSettings) if f"GEMENSAM_{one.name.upper()}" not in told] == []
