"""What calls say: made once by a speech program, or recorded; a program that fails is told, and leaves nothing."""

import os
import sys
import threading
from pathlib import Path

import pytest

from gemensam.delivery import speech
from tests.delivery.outside import SPEECH

BROKEN = {
    "is not there": ("no-such-program", "{file}"),
    "fails": (sys.executable, "-c", "raise SystemExit(3)", "{file}"),
    "writes no sound": (sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write('text')", "{file}"),
    "writes nothing": (sys.executable, "-c", "", "{file}"),
}


def test_a_text_is_read_aloud_once_whoever_asks(tmp_path: Path) -> None:
    made: list[Path] = []
    threads = [
        threading.Thread(target=lambda: made.append(speech.make_sound(tmp_path, "Larm", SPEECH))) for _ in "1234"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1 and made[0].read_bytes()[:4] == b"RIFF"
    assert [path.name for path in (tmp_path / "sounds").iterdir()] == [f"{speech.name_of('Larm', SPEECH)}.wav"]


def test_another_text_or_program_is_another_sound() -> None:
    names = {speech.name_of(text, command) for text in ("Larm", "Prov") for command in (SPEECH, ("other",))}
    assert len(names) == 4


@pytest.mark.parametrize("command", BROKEN.values(), ids=list(BROKEN))
def test_a_program_that_fails_is_told_and_leaves_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    with pytest.raises(speech.NoSound):
        speech.make_sound(tmp_path, "Larm", command)
    assert list((tmp_path / "sounds").iterdir()) == []


def test_old_sounds_are_forgotten_and_recordings_stay(tmp_path: Path) -> None:
    made = speech.make_sound(tmp_path, "Larm", SPEECH)
    for name in ("larm", "prov", "ovning"):
        (tmp_path / "sounds" / f"{name}.wav").write_bytes(b"RIFF")
    for path in (tmp_path / "sounds").iterdir():
        os.utime(path, (1_000, 1_000))
    speech.forget_sounds(tmp_path, 2_000)
    assert not made.exists() and speech.sound_file(tmp_path, "prov") is not None
    speech.forget_sounds(tmp_path / "none", 2_000)


@pytest.mark.parametrize("name", ["../secret", "secret", "", "larm.wav", "0" * 31])
def test_no_other_file_can_be_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "secret.wav").write_bytes(b"x")
    assert speech.sound_file(tmp_path, name) is None
