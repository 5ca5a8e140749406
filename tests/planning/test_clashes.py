"""Which known events clash, held against a plain reading of the rules; and when yearly ones take place."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.planning.domain.clashes import PLACE, RESOURCE, RESPONSIBLE, Occurrence, Rule, find_clashes, rules_of
from gemensam.planning.domain.known_events import Terms, occurrences_of
from gemensam.rosters.domain.local import instant, local
from tests.planning.entries import DAY

RULES = (Rule("plats", PLACE, 2, 5), Rule("ansvarig", RESPONSIBLE, 2), Rule("resurs", RESOURCE, 3, 2))


def occurrence(number: int, begins: int, length: int, who: str, *more: tuple[str, ...]) -> Occurrence:
    kommuner, resources = more
    return Occurrence(begins, begins + length, f"e{number}", 2027, who, kommuner, resources)


codes = st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple)
drawn = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 15), st.sampled_from(["nacka", "taby"]), codes, codes), max_size=9
).map(lambda rows: [occurrence(number, *row) for number, row in enumerate(rows)])


def shares(rule: Rule, each: Occurrence) -> tuple[str, ...]:
    return {PLACE: each.kommuner, RESOURCE: each.resources, RESPONSIBLE: (each.organisation,)}[rule.by]


def go_on_together(rule: Rule, events: tuple[Occurrence, ...]) -> bool:
    """All have begun when the last begins, and none has ended longer ago than the margin."""
    last = max(each.from_at for each in events)
    return all(last < each.until_at + rule.margin_ms for each in events)


@settings(max_examples=200, deadline=None)
@given(drawn, st.randoms(use_true_random=False))
def test_clashes_are_the_largest_sets_that_share_something_at_the_same_time(events, random) -> None:  # type: ignore[no-untyped-def]
    expected = set()
    for rule in RULES:
        for value in "abc nacka taby".replace(" ", "|").split("|") + list("abc"):
            alike = [each for each in events if value in shares(rule, each)]
            sets = [
                frozenset(chosen)
                for size in range(1, len(alike) + 1)
                for chosen in combinations(alike, size)
                if go_on_together(rule, chosen)
            ]
            largest = [one for one in sets if not any(one < other for other in sets)]
            expected |= {(rule.code, one) for one in largest if len(one) >= rule.least}
    found = find_clashes(events, RULES)
    assert {(clash.rule, frozenset(clash.events)) for clash in found} == expected
    shuffled = list(events)
    random.shuffle(shuffled)
    assert find_clashes(shuffled, tuple(reversed(RULES))) == found
    assert len({clash.key for clash in found}) == len(found)


def test_a_key_holds_only_as_long_as_the_facts_that_clash() -> None:
    first, second = occurrence(1, 0, 10, "nacka", ("a",), ()), occurrence(2, 5, 10, "taby", ("a",), ())
    (clash,) = find_clashes([first, second], RULES)
    later = occurrence(2, 6, 10, "taby", ("a",), ())
    (moved,) = find_clashes([first, later], RULES)
    (again,) = find_clashes([first, occurrence(2, 5, 10, "taby", ("a",), ("polis",))], RULES)
    assert moved.key != clash.key == again.key
    assert clash.organisations == ("nacka", "taby")


def test_one_event_that_comes_each_year_never_clashes_with_itself() -> None:
    twice = [occurrence(1, 0, 10, "nacka", ("a",), ()), Occurrence(5, 15, "e1", 2028, "nacka", ("a",))]
    assert find_clashes(twice, RULES) == ()


def test_a_rule_out_of_use_finds_nothing_and_two_is_the_least() -> None:
    items = [
        {"code": "plats", "by": PLACE, "least": 1, "margin_minutes": 60},
        {"code": "ansvarig", "by": RESPONSIBLE, "least": 2, "margin_minutes": 0, "retired": True},
    ]
    assert rules_of(items) == (Rule("plats", PLACE, 2, 3_600_000),)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 1439), st.integers(1, 20))
def test_a_yearly_event_comes_at_the_same_local_time(day: date, minute: int, years: int) -> None:
    at = instant(day, minute)
    terms = Terms("d", 0, "match", at, at + 3_600_000, yearly_until=day.year + years)
    found = occurrences_of("e", "nacka", terms, 0, at + 30 * 366 * DAY)
    assert [each.year for each in found] == list(range(day.year, day.year + years + 1))
    for each in found:
        there = local(each.from_at)
        expected = (day.month, 28 if (day.month, day.day) == (2, 29) and each.year % 4 else day.day)
        assert (there.month, there.day) == expected
        if instant(there.date(), minute) == each.from_at:
            continue
        assert abs(each.from_at - instant(there.date(), minute)) <= 3_600_000  # the hour that summer time skips


def test_only_what_lies_within_the_span_is_told() -> None:
    first = instant(date(2027, 6, 6), 900)
    terms = Terms("d", 0, "match", first, first + DAY, yearly_until=2030)
    begin = instant(date(2028, 6, 6), 900) + DAY
    assert [each.year for each in occurrences_of("e", "nacka", terms, begin, begin + 366 * DAY)] == [2029]
    assert occurrences_of("e", "nacka", terms, first - timedelta(days=9) // timedelta(milliseconds=1), first) == ()
