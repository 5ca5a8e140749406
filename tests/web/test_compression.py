"""Compressed answers: the same page for everybody, whatever of it was compressed before."""

import gzip
import random
import zlib

import pytest
from django.test import Client
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.web import compression
from gemensam.web.compression import deflated, joined
from gemensam.web.fragments import LARGE, Fragment, Fragments, Joined, noted
from gemensam.web.reader import STAND_IN, Reader, cut, named
from tests.network import Network

MATRIX = mark_safe("".join(f"<td>{random.Random(number).random()} å</td>" for number in range(500)))
TURNED = mark_safe(MATRIX[::-1])


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.text())
def test_a_page_with_fragments_is_read_back_as_it_was(before: str, between: str, after: str) -> None:
    first, second = Fragment(MATRIX), Fragment(TURNED)
    page = (before + first.text + between + second.text + after).encode()
    assert gzip.decompress(compression.gzip(page, [first, second])) == page


@pytest.mark.parametrize("used", [[], [Fragment(mark_safe("not in the page"))], [Fragment(TURNED), Fragment(MATRIX)]])
def test_fragments_that_are_not_there_or_in_another_order_do_no_harm(used: list[Fragment]) -> None:
    page = f"<main>{MATRIX}{TURNED}</main>".encode()
    assert gzip.decompress(compression.gzip(page, used)) == page


def test_equal_pages_are_equal_bytes() -> None:
    page = f"<main>{MATRIX}</main>".encode()
    assert compression.gzip(page, [Fragment(MATRIX)]) == compression.gzip(page, [Fragment(MATRIX)])


def test_a_fragment_is_compressed_once_for_all_pages_that_hold_it() -> None:
    times = []

    def deflate(data: bytes) -> bytes:
        times.append(len(data))
        return deflated(data)

    fragment = Fragment(MATRIX)
    assert fragment.deflated(deflate) == fragment.deflated(deflate)
    assert times == [len(MATRIX.encode())]


def test_a_request_notes_the_large_fragments_that_it_used() -> None:
    fragments = Fragments(1_000_000)
    with noted() as used:
        fragments.get("matrix", lambda: MATRIX)
        fragments.get("cell", lambda: "x" * (LARGE - 1))
        fragments.get("matrix", lambda: "not drawn again")
    fragments.get("matrix", lambda: "not drawn again")
    assert [fragment.text for fragment in used] == [MATRIX, MATRIX]


def test_a_page_joined_of_fragments_is_them_after_each_other() -> None:
    page = Joined(Fragment(mark_safe("<p>Före</p>")), Fragment(MATRIX), Fragment(mark_safe("")))
    assert page.content.decode() == f"<p>Före</p>{MATRIX}"
    assert zlib.decompress(joined(page), zlib.MAX_WBITS | 16) == page.content


def test_a_browser_that_takes_gzip_gets_the_same_page_compressed(network: Network) -> None:
    client = network.client("nacka-tib")
    plain = client.get("/spaces/")
    packed = client.get("/spaces/", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content)
    assert zlib.decompress(packed.content, zlib.MAX_WBITS | 16) == plain.content


def test_a_compressed_page_is_not_sent_again_when_nothing_has_changed(network: Network) -> None:
    space, client = network.open_incident(), network.client("nacka-tib")
    first = client.get(f"/spaces/{space}/log/", headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"].startswith('W/"')
    headers = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    again = client.get(f"/spaces/{space}/log/", headers=headers)
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_small_or_no_text_is_sent_as_it_is(stranger: Client) -> None:
    small = stranger.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in small.headers


def test_a_part_is_found_behind_another_that_begins_alike() -> None:
    alike, fragment = "<p>" + "a" * 200 + "</p>", Fragment(mark_safe("<p>" + "a" * 300 + "</p>"))
    page = f"<main>{alike}{fragment.text}</main>".encode()
    assert gzip.decompress(compression.gzip(page, [fragment])) == page


def test_what_stands_around_a_shared_part_is_drawn_once_for_a_function(network: Network) -> None:
    path = f"/spaces/{network.open_incident()}/picture/"
    first, second, other = (network.client(function) for function in ("nacka-tib", "nacka-tib", "taby-tib"))
    pages = [client.get(path, headers={"Accept-Language": "sv"}).content for client in (first, second, other)]
    assert pages[0] == pages[1]
    assert [b'data-who="nacka-tib"' in page for page in pages] == [True, True, False]


def test_who_looks_otherwise_is_shown_another_page(network: Network) -> None:
    path, client = f"/spaces/{network.open_incident()}/picture/", network.client("nacka-tib")
    light = client.get(path).content
    client.cookies["theme"] = "dark"
    dark = client.get(path).content
    assert (b'data-theme="dark"' in light, b'data-theme="dark"' in dark) == (False, True)


@given(
    st.lists(st.sampled_from([STAND_IN.organisation, STAND_IN.function, STAND_IN.code, "<p>", "å", " "]), max_size=9)
)
def test_a_text_cut_at_its_names_is_the_text_and_names_stand_in_the_middle_alone(pieces: list[str]) -> None:
    text = "".join(pieces)
    first, names, rest = cut(text)
    reader = Reader("Nacka", "TiB & vakt", "nacka-tib")
    assert first + names + rest == text
    assert named(first, reader) + named(names, reader) + named(rest, reader) == named(text, reader)
    assert (named(first, reader), named(rest, reader)) == (first, rest)
