"""The administrator's commands: what each channel lacks, and a message to one address, marked PROV."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.delivery.outside import OUR_NUMBER, Elks
from tests.delivery.provider import PASSWORD, USER
from tests.faults.killing import found

NUMBER = "+46700000009"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("channels") / "data"
    found(folder)
    return folder


def gemensam(data: Path, *given: str, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GEMENSAM_DATA": str(data), "GEMENSAM_DATABASE": "", **environ}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "gemensam", "channel", *given, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def settings(elks: Elks) -> dict[str, str]:
    return {
        "GEMENSAM_PUBLIC_ADDRESS": "http://localhost:1", "GEMENSAM_SMS_NUMBER": OUR_NUMBER,
        "GEMENSAM_ELKS_ADDRESS": elks.address, "GEMENSAM_ELKS_USER": USER, "GEMENSAM_ELKS_PASSWORD": PASSWORD,
    }  # fmt: skip


def test_the_list_says_what_each_channel_lacks(data: Path) -> None:
    told = gemensam(data, "list")
    assert told.returncode == 0, told.stderr
    lines = dict(line.split(maxsplit=1) for line in told.stdout.splitlines())
    assert lines == {
        "sms": "not set: the account with the provider is not set",
        "voice": "not set: the account with the provider is not set",
        "email": "not set: the mail server is not set",
        "push": "not set: the contact for push services is not set",
    }


def test_the_list_says_where_the_provider_is_to_call_and_no_password(data: Path, provider: Elks) -> None:
    told = gemensam(data, "list", **settings(provider))
    assert "sms    set" in told.stdout and "/callbacks/elks/" in told.stdout
    assert PASSWORD not in told.stdout + told.stderr


def test_a_test_goes_all_the_way_marked_prov(data: Path, provider: Elks) -> None:
    provider.behave(forget=True, sms={"reports": []})
    told = gemensam(data, "test", "sms", NUMBER, **settings(provider))
    assert told.returncode == 0 and f"sms to {NUMBER}: sent, id s" in told.stdout
    (taken,) = provider.taken("sms")
    assert taken["to"] == NUMBER and taken["form"]["message"].startswith("PROV PROV.")


def test_a_test_that_is_refused_exits_with_1_and_says_why(data: Path, provider: Elks) -> None:
    provider.behave(forget=True, sms={"status": 403, "body": "Not enough credits"})
    told = gemensam(data, "test", "sms", NUMBER, **settings(provider))
    assert told.returncode == 1 and "failed, 403 Not enough credits" in told.stdout


@pytest.mark.parametrize(
    ("given", "why"),
    [(("sms", NUMBER), "the account with the provider is not set"), (("pigeon", NUMBER), "no channel called pigeon")],
)
def test_a_channel_that_cannot_be_used_is_refused(data: Path, given: tuple[str, str], why: str) -> None:
    told = gemensam(data, "test", *given)
    assert told.returncode == 1 and why in told.stderr
