"""The command line as an operator meets it: exit codes, reasons on stderr, nothing half done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = [
    [], ["init"], ["serve"], ["demo"], ["worker"], ["verify"], ["export"], ["load"], ["restore-node"], ["maintain"],
    ["user"], ["user", "add"], ["token"], ["token", "add"], ["channel"], ["channel", "list"], ["channel", "test"],
    ["larm"], ["larm", "status"], ["read-decision"],
]  # fmt: skip


def gemensam(*given: str, stdin: str = "", database: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GEMENSAM_DATABASE": database}
    for name in ("DJANGO_SETTINGS_MODULE", "GEMENSAM_DATA"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "gemensam", *given]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "data"
    made = gemensam("init", "--region", "stockholm", "--data", str(folder))
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command: list[str]) -> None:
    told = gemensam(*command, "--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("usage: gemensam")


def test_help_and_verify_do_without_django() -> None:
    program = "import sys; from gemensam.cli import main; main(['verify', '/dev/null']); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "command",
    [[], ["nonsense"], ["serve", "--port", "x"], ["serve", "--port", "0"], ["init"], ["verify"], ["export"], ["load"]],
)
def test_wrong_usage_exits_with_2(command: list[str]) -> None:
    told = gemensam(*command)
    assert told.returncode == 2
    assert "usage: gemensam" in told.stderr


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["init", "--region", "atlantis", "--data", "{new}"], "no such region: atlantis"),
        (["init", "--region", "stockholm", "--organisation", "nobody", "--data", "{new}"], "no such organisation"),
        (["init", "--region", "stockholm", "--data", "{data}"], "initialised already"),
        (["serve", "--data", "{new}"], "gemensam init"),
        (["serve", "--data", "{data}", "--certificate", "x"], "go together"),
        (["verify", "{new}/nothing"], "No such file"),
        (["verify", "{data}/node.json"], "no file that"),
        (["export", "--data", "{data}", "--space", "nowhere", "--out", "{new}.jsonl"], "no such space"),
        (["export", "--data", "{data}", "--space", "standing", "--out", "{data}/node.json"], "exists"),
        (["load", "--data", "{data}", "{data}/node.json"], "line 1"),
        (["restore-node", "--data", "{data}"], "not behind"),
        (["user", "add", "--data", "{data}", "--name", "x y", "--function", "nacka-tib"], ""),
        (["user", "add", "--data", "{data}", "--name", "nacka", "--function", "no-such"], "no-such"),
        (["token", "add", "--data", "{data}", "--user", "nobody"], ""),
    ],
)
def test_what_is_refused_exits_with_1_and_says_why(data: Path, tmp_path: Path, command: list[str], reason: str) -> None:
    filled = [part.format(data=data, new=tmp_path / "new") for part in command]
    told = gemensam(*filled)
    assert told.returncode == 1, told
    assert told.stderr.startswith("gemensam: ") and reason in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "new.jsonl").exists()


def test_a_space_is_exported_and_verified_with_nothing_but_the_file(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "directory.jsonl"
    assert gemensam("export", "--data", str(data), "--space", "directory", "--out", str(out)).returncode == 0
    told = gemensam("verify", str(out), "--all")
    assert told.returncode == 0 and "holds" in told.stdout
    out.write_bytes(out.read_bytes().replace(b"Nacka kommun", b"Nacka bommun"))
    told = gemensam("verify", str(out))
    assert told.returncode == 1 and "payload_changed" in told.stdout and "DOES NOT HOLD" in told.stdout


def test_the_whole_data_folder_is_verified(data: Path) -> None:
    told = gemensam("verify", "--data", str(data))
    assert told.returncode == 0
    assert told.stdout.count(" holds: ") == 3


def test_an_account_and_a_token_are_made(data: Path) -> None:
    made = gemensam("user", "add", "--data", str(data), "--name", "taby-tib", "--function", "taby-tib",
                    "--password-stdin", stdin="ett riktigt långt lösenord\n")  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "lösenord" not in made.stdout
    token = gemensam("token", "add", "--data", str(data), "--user", "taby-tib").stdout
    assert token.startswith("gmn_") and token.count("\n") == 1


def test_the_keys_are_readable_by_their_owner_only(data: Path) -> None:
    for name in ("node.key", "secret.key"):
        assert (data / name).stat().st_mode & 0o077 == 0


def test_a_local_authority_signs_for_the_names_given(tmp_path: Path) -> None:
    from cryptography import x509

    from gemensam.cli.authority import make_authority

    made = make_authority(tmp_path / "tls", ["samverkan.example", "192.0.2.7"])
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    leaf = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    leaf.verify_directly_issued_by(authority)
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["samverkan.example"]
    assert made.key.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        make_authority(tmp_path / "tls", ["samverkan.example"])


def test_larm_status_says_what_goes_on_without_contact_data(data: Path, tmp_path: Path) -> None:
    nothing = gemensam("larm", "status", "--data", str(data))
    assert (nothing.returncode, nothing.stdout) == (0, "no larm goes on\n")
    entry = {
        "id": "01890000-0000-7000-8000-00000000dddd", "kind": "larm.sent", "space": "standing",
        "subject": "01890000-0000-7000-8000-00000000eeee", "function": "kansliet-strateg",
        "payload": {"text": "prov", "live": False},
    }  # fmt: skip
    file = tmp_path / "larm.jsonl"
    file.write_text(json.dumps(entry) + "\n")
    loaded = gemensam("load", str(file), "--data", str(data))
    assert loaded.returncode == 0, loaded.stderr
    told = gemensam("larm", "status", "--data", str(data))
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("PROV larm 01890000-0000-7000-8000-00000000eeee (prov) in space standing")
    assert "0 of 37 have acknowledged (0 %), 0 take part" in told.stdout
    assert "the program only" in told.stdout
    assert "@" not in told.stdout and "+46" not in told.stdout
