"""One look for all that a request reads: it is of this moment, and shows nobody what may not be read."""

import psycopg
import pytest
from django.db import connection

from gemensam.core.refusal import Refused
from gemensam.ledger.glance import look
from gemensam.ledger.log import LOG, fetch
from gemensam.ledger.reading import lens_for
from tests.ledger.reports import report
from tests.network import Network

pytestmark = pytest.mark.database


def test_a_look_brings_what_another_process_has_written(network: Network) -> None:
    space = network.open_incident()
    before = LOG.catch_up(space)
    network.write("nacka-tib", report(space))
    (position,) = fetch("SELECT max(position) FROM ledger_entry WHERE space = %s", [space])[0]
    LOG.forget(space)
    LOG.advance(LOG.last_known(space), before)  # as a process that has not looked since
    assert LOG.last_known(space).position < position
    assert look(space).states[space].position == position


def test_a_look_that_nobody_has_prepared_brings_the_directory_and_the_spaces(network: Network) -> None:
    space = network.open_incident()
    LOG.forget()
    seen = look(space, "no-such-space")
    assert seen.directory.thing("nacka") is not None
    assert space in seen.spaces
    assert "no-such-space" not in seen.states


def test_what_was_looked_at_gives_no_right_to_read_it(network: Network) -> None:
    narrow = network.open_sub_space(network.open_incident(), "nacka/*", "lansstyrelsen/*")
    assert look().spaces[narrow].kind == "sub"  # from now on this process knows it
    seen = look(narrow)
    assert lens_for(network.principal("nacka-tib"), seen=seen).state(narrow).position == seen.states[narrow].position
    with pytest.raises(Refused, match="not_found"):
        lens_for(network.principal("taby-tib"), seen=seen).state(narrow)


def test_a_page_that_writes_looks_after_it_has_written(network: Network) -> None:
    space = network.open_incident()
    client = network.client("nacka-tib", headers={"accept-language": "sv"})
    path = f"/spaces/{space}/picture/"
    first = client.get(path).content
    network.write("nacka-tib", report(space))
    assert client.get(path).content != first


def test_a_connection_that_the_server_has_ended_is_noticed_before_the_next_question(network: Network) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    (own,) = fetch("SELECT pg_backend_pid()", [])[0]
    given = connection.get_connection_params()
    where = {name: given[name] for name in ("host", "port", "user", "dbname", "password") if given.get(name)}
    with psycopg.connect(**where, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [own])  # waits until it has ended
    connection.close_if_unusable_or_obsolete()  # as at the beginning of a request
    assert fetch("SELECT 1", []) == [(1,)]
    assert fetch("SELECT pg_backend_pid()", [])[0] != (own,)
