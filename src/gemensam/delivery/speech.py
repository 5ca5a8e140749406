"""What a call says: a sound file made of a text by a speech program, or one that somebody has recorded.

46elks reads text aloud only in English, so the sound is made here and fetched by the provider. The program is set by
`speech_command`, which is given the text on standard input and writes a WAV file where `{file}` stands. Without it the
recordings in the folder `sounds` are played: `larm.wav`, `prov.wav`, `ovning.wav`.
"""

import hashlib
import math
import os
import re
import subprocess
import tempfile
import threading
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from gemensam.delivery.rules import EXERCISE, PROV

FOLDER = "sounds"
NAME = re.compile(r"[0-9a-f]{32}|larm|prov|ovning")
RECORDED = {PROV: "prov", EXERCISE: "ovning"}
LIMIT_S = 15
_making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class NoSound(Exception):
    """There is no sound for what was to be said; the text is a short reason."""


def name_of(text: str, command: Sequence[str]) -> str:
    """Return the name of the sound of a text; the same text by the same program has the same name."""
    return hashlib.sha256("\0".join([*command, text]).encode()).hexdigest()[:32]


def recorded_name(mark: str) -> str:
    """Return the name of the recording that is played where no text can be read aloud."""
    return RECORDED.get(mark, "larm")


def sound_file(data: Path, name: str) -> Path | None:
    """Return a sound's file, None for one that is not there; no other file can be named."""
    path = data / FOLDER / f"{name}.wav"
    return path if NAME.fullmatch(name) and path.is_file() else None


def make_sound(data: Path, text: str, command: Sequence[str]) -> Path:
    """Have a text read aloud into a file, unless it is there already; raises `NoSound`."""
    name = name_of(text, command)
    path = data / FOLDER / f"{name}.wav"
    with _making[name]:
        if not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _make(path, text, command)
    return path


def forget_sounds(data: Path, before_s: float) -> None:
    """Remove what was read aloud before an instant (seconds since the epoch); recordings stay."""
    for path in (data / FOLDER).glob("*.wav"):
        if path.stem not in ("larm", *RECORDED.values()) and _made_at(path) < before_s:
            path.unlink(missing_ok=True)


def _made_at(path: Path) -> float:
    """When a file was last written (seconds since the epoch); never, for one that has got its name meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _make(path: Path, text: str, command: Sequence[str]) -> None:
    descriptor, partial = tempfile.mkstemp(suffix=".wav", dir=path.parent)
    os.close(descriptor)
    try:
        _run([part.replace("{file}", partial) for part in command], text)
        if Path(partial).read_bytes()[:4] != b"RIFF":
            raise NoSound("the speech program wrote no WAV file")
        Path(partial).replace(path)
    finally:
        Path(partial).unlink(missing_ok=True)


def _run(command: Sequence[str], text: str) -> None:
    try:
        subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=LIMIT_S)
    except (OSError, subprocess.SubprocessError) as fault:
        raise NoSound(f"the speech program failed ({type(fault).__name__})") from fault
