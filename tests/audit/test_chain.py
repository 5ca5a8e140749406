"""The chain of the local log, and the queue before it."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gemensam.audit import deliveries, log
from gemensam.audit.domain import ACTIONS, Line, chain, check_chain
from gemensam.audit.labels import ACTIONS as WORDS
from gemensam.audit.models import Delivery, Record
from gemensam.audit.storing import append_lines, chain_head, verify_chain
from gemensam.audit.waiting import Queue
from gemensam.core.policy import Principal

PRINCIPAL = Principal("7", "nacka", "nacka-tib", frozenset())


def _lines(count: int) -> list[Line]:
    return [Line(at=1_000 + place, action="search", account="7", organisation="nacka") for place in range(count)]


def test_a_chain_is_whole_and_tells_where_it_is_broken() -> None:
    lines = chain(_lines(5), number=0, head="")
    assert check_chain(lines).intact
    assert check_chain(lines).head == lines[-1].hash
    assert check_chain([*lines[:2], *lines[3:]]).broken_at == 3
    assert check_chain([lines[1], lines[0]]).broken_at == 1
    assert check_chain([]).intact


def test_every_action_has_words() -> None:
    assert set(WORDS) == ACTIONS


def test_an_unknown_action_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no such action"):
        log.record(PRINCIPAL, "danced")


def test_records_are_chained_across_batches(database: Path) -> None:
    append_lines(_lines(3))
    append_lines(_lines(2))
    verdict = verify_chain()
    assert (verdict.intact, verdict.count, verdict.head) == (True, 5, chain_head()[1])


@pytest.mark.parametrize(
    "change",
    [
        {"at": 1},
        {"account": "8"},
        {"organisation": "vaxholm"},
        {"action": "login"},
        {"detail": '{"count":1}'},
        {"subject": "x"},
        {"hash": "0" * 64},
        {"previous": ""},
    ],
)
def test_a_changed_record_is_found(database: Path, change: dict[str, Any]) -> None:
    append_lines(_lines(6))
    Record.objects.filter(number=4).update(**change)
    assert verify_chain().broken_at == 4


def test_a_removed_record_is_found(database: Path) -> None:
    append_lines(_lines(6))
    Record.objects.filter(number=4).delete()
    assert verify_chain().broken_at == 4


def test_a_cut_end_is_found_by_who_has_noted_the_head(database: Path) -> None:
    append_lines(_lines(6))
    noted = chain_head()
    Record.objects.filter(number__gt=4).delete()
    assert verify_chain().intact
    assert chain_head() != noted


def test_what_is_queued_is_written_by_flush(database: Path) -> None:
    log.record(PRINCIPAL, "read_marked", space="standing", subject="abc", detail={"count": 1})
    assert not Record.objects.exists()
    log.flush()
    record = Record.objects.get()
    assert (record.action, record.organisation, record.space, record.detail) == (
        "read_marked", "nacka", "standing", '{"count":1}',
    )  # fmt: skip


def test_the_background_writes_by_itself_and_stops(database: Path) -> None:
    waiting = Queue()
    waiting.start()
    for line in _lines(50):
        waiting.put(line)
    waiting.close()
    assert verify_chain().count == 50
    assert not [thread for thread in threading.enumerate() if thread.name == "audit"]


def test_a_full_queue_drops_counts_and_tells(database: Path) -> None:
    waiting = Queue(capacity=3)
    assert [waiting.put(line) for line in _lines(5)] == [True, True, True, False, False]
    waiting.flush()
    last = Record.objects.latest("number")
    assert (last.action, last.detail) == ("records_lost", '{"count":2}')
    assert verify_chain().intact


def test_rows_wait_while_the_database_cannot_be_written(database: Path) -> None:
    waiting = Queue()
    waiting.put(_lines(1)[0])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_record RENAME TO audit_away")
    with pytest.raises(DatabaseError):
        waiting.flush()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_away RENAME TO audit_record")
    waiting.flush()
    assert Record.objects.count() == 1


def test_many_writers_make_one_chain(database: Path) -> None:
    def write() -> None:
        for line in _lines(10):
            append_lines([line])
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify_chain()
    assert (verdict.intact, verdict.count) == (True, 40)


def test_a_record_goes_with_the_change_that_it_is_about(database: Path) -> None:
    with transaction.atomic():
        log.record_now(PRINCIPAL, "permission_changed")
        transaction.set_rollback(True)
    assert not Record.objects.exists()


def test_deliveries_rise_and_answer_what_was_available_when(database: Path) -> None:
    for position, now in ((3, 100), (3, 110), (2, 120), (5, 200)):
        deliveries.note_delivery("nacka", "standing", position, now)
    deliveries.note_delivery("vaxholm", "standing", 1, 150)
    log.flush()
    assert Delivery.objects.count() == 3
    assert [deliveries.delivered_position("nacka", "standing", by=at) for at in (99, 100, 199, 200)] == [0, 3, 3, 5]
    assert deliveries.first_delivered_at("nacka", "standing", 4) == 200
    assert deliveries.first_delivered_at("vaxholm", "standing", 4) is None


def test_another_process_adds_nothing_that_lowers_a_watermark(database: Path) -> None:
    deliveries.note_delivery("nacka", "standing", 7, 100)
    log.flush()
    deliveries.forget_noted()
    deliveries.note_delivery("nacka", "standing", 7, 300)
    deliveries.note_delivery("nacka", "standing", 8, 400)
    log.flush()
    assert deliveries.first_delivered_at("nacka", "standing", 7) == 100
    assert deliveries.delivered_position("nacka", "standing", by=350) == 7


def test_only_the_first_opening_is_kept(database: Path) -> None:
    deliveries.note_opening("nacka", "standing", "d1", 100)
    log.flush()
    deliveries.forget_noted()
    deliveries.note_opening("nacka", "standing", "d1", 200)
    deliveries.note_opening("vaxholm", "standing", "d1", 300)
    log.flush()
    assert deliveries.opened_by("nacka", "standing", ["d1", "d2"]) == {"d1": 100}
    assert deliveries.opened_by("vaxholm", "standing", ["d1", "d2"]) == {"d1": 300}
