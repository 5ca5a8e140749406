"""`make demo-reset` removes a demonstration, and nothing else."""

import subprocess
from pathlib import Path

import pytest

from gemensam.web.configuration import make_secret_key, write_configuration

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "remove-data"


def remove(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, folder], capture_output=True, text=True, check=False)


def data_folder(path: Path, *, demo: bool) -> Path:
    path.mkdir()
    write_configuration(path, network_name="Test", demo=demo)
    make_secret_key(path)
    return path


def test_a_demonstration_is_removed(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data", demo=True)
    assert remove(folder).returncode == 0
    assert not folder.exists()


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert remove(tmp_path / "data").returncode == 0


def test_a_real_installation_is_kept(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data", demo=False)
    refused = remove(folder)
    assert refused.returncode == 1
    assert "not a demonstration" in refused.stderr
    assert (folder / "secret.key").exists()


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_no_data_folder_is_kept(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "other"
    match kind:
        case "folder":
            target.mkdir()
            (target / "letter.txt").write_text("keep")
        case "file":
            target.write_text("keep")
        case "link":
            target.symlink_to(data_folder(tmp_path / "real", demo=True))
    assert remove(target).returncode == 1
    assert target.exists()
    assert all(path.exists() for path in tmp_path.rglob("*"))
