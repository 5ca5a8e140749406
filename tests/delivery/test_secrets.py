"""The secrets that the program makes: one, whoever asks first, for the owner alone."""

import threading
from pathlib import Path

from gemensam.delivery import secret_files


def test_many_threads_that_ask_at_once_get_one_secret(tmp_path: Path) -> None:
    found: list[str] = []
    together = threading.Barrier(16)

    def ask() -> None:
        together.wait()
        found.append(secret_files.callback_secret.__wrapped__(tmp_path))

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16 and len(set(found)) == 1 and len(found[0]) >= 32
    assert [path.name for path in tmp_path.iterdir()] == ["callback.secret"]
    assert (tmp_path / "callback.secret").stat().st_mode & 0o077 == 0


def test_a_secret_stays(tmp_path: Path) -> None:
    before = secret_files.push_key.__wrapped__(tmp_path)
    assert secret_files.push_key.__wrapped__(tmp_path) == before and "PRIVATE KEY" in before
