"""What an installation may set, from its file and from the environment over it."""

import stat
from pathlib import Path

import pytest

from gemensam.web.configuration import (
    BadSetting,
    Configuration,
    database_settings,
    make_secret_key,
    read_configuration,
    read_secret_key,
    write_configuration,
)


def read(data: Path, **environ: str) -> Configuration:
    return read_configuration({"GEMENSAM_DATA": str(data), **environ})


def test_the_written_file_is_read_back(tmp_path: Path) -> None:
    write_configuration(tmp_path, network_name="Samverkan Norr", demo=True)
    found = read(tmp_path)
    assert (found.network_name, found.demo, found.hosts) == ("Samverkan Norr", True, ("localhost", "127.0.0.1"))


def test_every_setting_stands_explained_in_the_written_file(tmp_path: Path) -> None:
    text = write_configuration(tmp_path, network_name="x").read_text()
    for name in Configuration.__dataclass_fields__:
        assert name == "data" or f"GEMENSAM_{name.upper()}" in text


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gemensam.toml").write_text('network_name = "Ours"')
    write_configuration(tmp_path, network_name="Other")
    assert read(tmp_path).network_name == "Ours"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "gemensam.toml").write_text('hosts = ["a.example"]\ndemo = true')
    found = read(tmp_path, GEMENSAM_HOSTS="b.example, c.example", GEMENSAM_DEMO="0")
    assert (found.hosts, found.demo) == (("b.example", "c.example"), False)


@pytest.mark.parametrize("text", ["colour = 1", "demo = 1", "hosts = 'one'", "hosts = [1]", "demo = "])
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "gemensam.toml").write_text(text)
    with pytest.raises(BadSetting, match=r"colour|demo|hosts|gemensam\.toml"):
        read(tmp_path)


def test_the_key_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    assert read_secret_key(tmp_path) == ""
    path = make_secret_key(tmp_path)
    first = read_secret_key(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first) >= 50
    make_secret_key(tmp_path)
    assert read_secret_key(tmp_path) == first


def test_sqlite_waits_for_the_disk_and_overwrites_what_is_deleted(tmp_path: Path) -> None:
    options = database_settings(read(tmp_path))["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    assert "secure_delete=ON" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    found = database_settings(read(tmp_path, GEMENSAM_DATABASE="postgresql://g%40x:s%2F@db:5433/log?sslmode=require"))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        *("g@x", "s/", "db", "5433", "log"),
    )
    assert found["OPTIONS"]["sslmode"] == "require"
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (None, True)


def test_another_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="postgresql"):
        database_settings(read(tmp_path, GEMENSAM_DATABASE="mysql://x/y"))
