"""Which database the tests run on, and a fresh one for each test that asks."""

import contextlib
import os
import resource
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import hypothesis
import pytest

from gemensam.web.configuration import make_secret_key
from tests.postgres import MEMORY, Server, running

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.databases import Build, Databases
    from tests.network import Network

_session = pytest.StashKey[contextlib.ExitStack]()
_server = pytest.StashKey[Server | None]()


# On a machine that does other work as well, how long an example takes says nothing of the program.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("gemensam")
    group.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="database to test on")
    group.addoption("--check", action="store_true", help="also run the slow tests (`make check`)")
    group.addoption("--share", default="1/1", help="which share of the modules to run, as 1/2")


def pytest_configure(config: pytest.Config) -> None:
    """Give the settings a data folder and a database before Django reads them."""
    stack = config.stash[_session] = contextlib.ExitStack()
    # Every copy of a database has its own lock and tip files, and they stay open as they would in a server.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    server = config.stash[_server] = stack.enter_context(running()) if _on_postgresql(config) else None
    folder = stack.enter_context(_folder(in_memory=True))
    make_secret_key(folder)
    (folder / "static").mkdir()  # WhiteNoise warns without it
    os.environ.update(GEMENSAM_DATA=str(folder), GEMENSAM_DATABASE=server.url("postgres") if server else "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "gemensam.web.settings"
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    if stack := config.stash.get(_session, None):
        stack.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--database')}"


@pytest.hookimpl(trylast=True)  # when `-m` has been heeded
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = _share(config.getoption("--share"), [item for item in items if _is_wanted(config, item)])
    config.hook.pytest_deselected(items=[item for item in items if item not in set(wanted)])
    items[:] = wanted


def _share(share: str, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests of one of several shares with about as many tests each; a module is never divided."""
    number, count = map(int, share.split("/"))
    sizes = Counter(item.path for item in items)
    shares: list[set[Path]] = [set() for _ in range(count)]
    loads = [0] * count
    for path, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
        lightest = loads.index(min(loads))
        shares[lightest].add(path)
        loads[lightest] += size
    return [item for item in items if item.path in shares[number - 1]]


def _is_wanted(config: pytest.Config, item: pytest.Item) -> bool:
    if not config.getoption("--check") and (item.get_closest_marker("check") or _is_told_again(item)):
        return False
    return not _on_postgresql(config) or _touches_database(item)


def _is_told_again(item: pytest.Item) -> bool:
    """Whether it is a story that is told with the pointer as well."""
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("hand") == "keyboard"


def _touches_database(item: pytest.Item) -> bool:
    return "databases" in getattr(item, "fixturenames", ()) or item.get_closest_marker("database") is not None


def _on_postgresql(config: pytest.Config) -> bool:
    return bool(config.getoption("--database") == "postgresql")


@contextlib.contextmanager
def _folder(*, in_memory: bool) -> Iterator[Path]:
    memory = MEMORY if in_memory and os.access(MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="gemensam-test-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def fast_databases(pytestconfig: pytest.Config) -> "Iterator[Databases]":
    from tests.databases import Databases

    with _folder(in_memory=True) as folder:
        yield Databases(folder, pytestconfig.stash[_server])


@pytest.fixture(scope="session")
def durable_databases(pytestconfig: pytest.Config) -> "Iterator[Databases]":
    """Databases on a real disk that wait for it: what a fault test needs, and no other."""
    from tests.databases import Databases

    with contextlib.ExitStack() as stack:
        server = stack.enter_context(running(durable=True)) if _on_postgresql(pytestconfig) else None
        yield Databases(stack.enter_context(_folder(in_memory=False)), server)


@pytest.fixture
def databases(request: pytest.FixtureRequest, django_db_blocker: "DjangoDbBlocker") -> "Iterator[Databases]":
    """The databases of this run, opened for the test; on a real disk for those marked `durable`."""
    durable = request.node.get_closest_marker("durable") is not None
    with django_db_blocker.unblock():
        yield request.getfixturevalue("durable_databases" if durable else "fast_databases")


@pytest.fixture
def database(databases: "Databases") -> Iterator[Path]:
    """An empty migrated database for this test alone, used by all its threads; its data folder."""
    with databases.copy() as folder:
        yield folder


@pytest.fixture
def database_with(databases: "Databases") -> "Iterator[Callable[[str, Build], Path]]":
    """`database_with("region", load_region)`: a fresh copy of a database that `load_region` filled once in this run."""
    with contextlib.ExitStack() as stack:
        yield lambda name, build: stack.enter_context(databases.copy(name, build))


@pytest.fixture
def network(database_with: "Callable[[str, Build], Path]") -> "Network":
    """A founded Stockholm network in a database of this test's own."""
    from tests.network import Network, build

    return Network(database_with("stockholm", build))
