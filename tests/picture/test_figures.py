"""Key figures as they are read: a number with its unit, a time as a time, also in what a picture copies."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gemensam.core.refusal import Refused
from gemensam.picture.domain.items import items_of
from gemensam.web.times import clock, field, local, parse
from tests.network import Network, build
from tests.picture.scene import HOUR, cell, chosen, publish, publish_picture, relay, report, section

BACK_AT = parse("2026-11-21T04:00")
FIGURES = [{"code": "el_utan", "value": "10300"}, {"code": "el_prognos", "value": str(BACK_AT)}]


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


def test_a_time_is_copied_as_a_time_with_its_day_and_name() -> None:
    figure = {"code": "el_prognos", "value": str(BACK_AT), "unit": "tidpunkt"}
    found = {"row": "el", "label": "", "area": "", "figures": [figure], "stated_at": None, "unconfirmed": False}
    texts = dict.fromkeys(("status", "type", "certainty", "source", "source_text", "trend", "text"), "")
    empty = {"summary": "", "texts": [], "done": [], "planned": [], "forecasts": [], "needs": [], "offers": []}
    payload = {**empty, "kept_at": None, "stated_at": 1, "cells": [{**found, **texts}]}
    (item,) = items_of(payload, {"el_prognos": "Beräknat åter"})
    assert item.extra == ("beräknat åter 2026-11-21 04.00",)


def test_no_page_and_no_document_shows_a_time_in_milliseconds(network: Network) -> None:
    space = network.open_incident()
    now = network.lens("norrtalje-tib").now
    given = report(now, cell("el", "kritisk", "Strömlöst", figures=FIGURES))
    receipt = publish(network, "norrtalje-tib", space, given)
    publish_picture(network, space, now, section("konsekvenser", chosen(receipt, "cell:el")))
    compiler = network.client("lansstyrelsen-lagesbildsansvarig", headers={"accept-language": "sv"})
    words = {
        f"reports/{receipt.subject}/": "Beräknat åter: ",
        "members/norrtalje/el/": "Beräknat åter: ",
        "compile/": "beräknat åter 2026-11-21 04.00",
        "pictures/1/": "beräknat åter 2026-11-21 04.00",
    }
    for path, word in words.items():
        page = compiler.get(f"/spaces/{space}/{path}").content.decode()
        assert str(BACK_AT) not in page, path
        assert word in page, path


def test_source_and_time_go_with_a_figure_wherever_it_is_read(network: Network) -> None:
    space = network.open_incident()
    now = network.lens("norrtalje-tib").now
    counted_at = now - 26 * HOUR
    figures = [{"code": "el_utan", "value": "10300", "source": "nätbolaget", "at": counted_at}]
    receipt = publish(network, "norrtalje-tib", space, report(now, cell("el", "kritisk", figures=figures)))
    publish_picture(network, space, now, section("konsekvenser", chosen(receipt, "cell:el")))
    reader = network.client("lansstyrelsen-lagesbildsansvarig", headers={"accept-language": "sv"})
    shown = f"Kunder utan el: 10\u00a0300 elnätskunder (nätbolaget, {clock(counted_at, now, lang='sv')})"
    for path in (f"reports/{receipt.subject}/", "members/norrtalje/", "members/norrtalje/el/"):
        assert shown in reader.get(f"/spaces/{space}/{path}").content.decode(), path
    copied = f"10300 elnätskunder (nätbolaget, {local(counted_at):%Y-%m-%d %H.%M})"
    for path in ("compile/", "pictures/1/"):
        assert copied in reader.get(f"/spaces/{space}/{path}").content.decode(), path


def test_a_figure_cannot_be_from_later_than_now(network: Network) -> None:
    space = network.open_incident()
    now = network.lens("norrtalje-tib").now
    figures = [{"code": "el_utan", "value": "1", "at": now + HOUR}]
    with pytest.raises(Refused, match="stated_in_future"):
        publish(network, "norrtalje-tib", space, report(now, cell("el", "kritisk", figures=figures)))


def test_the_form_takes_the_time_of_a_figure_and_keeps_it_in_a_correction(network: Network) -> None:
    space = network.open_incident()
    client = network.client("norrtalje-tib", headers={"accept-language": "en"})
    now = network.lens("norrtalje-tib").now
    typed = field(now - 26 * HOUR)
    sent = {
        "template": "full", "summary": "Mörkt.", "cell-el-status": "kritisk", "figure-el_utan-value": "10 300",
        "figure-el_utan-at": typed, "act": "publish",
    }  # fmt: skip
    there = client.post(f"/spaces/{space}/report/", sent)["Location"]
    html = client.get(f"{there}correct/").content.decode()
    assert re.search(rf'value="{typed}"[^>]* name="figure-el_utan-at"', html)
    late = client.post(f"/spaces/{space}/report/", sent | {"figure-el_utan-at": field(now + 26 * HOUR)})
    assert late.status_code == 422 and "counted later than now" in late.content.decode()


def test_the_payload_keeps_the_instant(network: Network) -> None:
    space = network.open_incident()
    lens = network.lens("norrtalje-tib")
    receipt = publish(network, "norrtalje-tib", space, report(lens.now, cell("el", "kritisk", figures=FIGURES)))
    payload = network.lens("norrtalje-tib").payloads(space, [receipt.digest])[receipt.digest]
    assert payload is not None
    assert [figure["value"] for figure in payload["cells"][0]["figures"]] == ["10300", str(BACK_AT)]


def test_figures_stand_side_by_side_and_are_never_summed(network: Network) -> None:
    space = network.open_incident()
    now = network.lens("nacka-tib").now
    given = {"nacka-tib": ("10300", "nätbolaget"), "taby-tib": ("200", "")}
    for function, (value, source) in given.items():
        figure = {"code": "el_utan", "value": value, "source": source}
        publish(network, function, space, report(now, cell("el", "kritisk", figures=[figure])))
    relayed = report(now, cell("el", "ingen", figures=[{"code": "el_utan", "value": "0"}]))
    relay(network, "lansstyrelsen-tib", space, "solna", relayed)
    reader = network.client("vaxholm-beredskapssamordnare", headers={"accept-language": "sv"})
    html = reader.get(f"/spaces/{space}/figures/").content.decode()
    assert "10\u00a0300 elnätskunder" in html and "nätbolaget" in html and "0 elnätskunder" in html
    assert "10\u00a0500" not in html
    assert re.search(r"0 elnätskunder <span class=\"note\">", html)  # entered for Solna, which has not confirmed it
    missing = html[html.index("har inte lämnat något tal") :]
    assert "Vaxholm" in missing and "Nacka" not in missing.partition("</details>")[0]
    assert "Ingen har lämnat:" in html
    answer: Any = reader.get(f"/spaces/{space}/figures.csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    found = {line[2]: line[3:6] for line in lines[2:] if line[1] == "el_utan"}
    assert found["Nacka"] == ["10300", "elnätskunder", "nätbolaget"]
    assert found["Vaxholm"] == ["", "elnätskunder", ""]


def test_figures_of_a_narrower_circle_are_not_on_the_wider_page(network: Network) -> None:
    space = network.open_incident()
    narrow = network.open_sub_space(space, "nacka/*")
    now = network.lens("nacka-tib").now
    figure = {"code": "el_utan", "value": "77", "source": ""}
    publish(network, "nacka-tib", narrow, report(now, cell("el", "kritisk", figures=[figure])))
    nacka = network.client("nacka-tib", headers={"accept-language": "sv"})
    assert "77 elnätskunder" in nacka.get(f"/spaces/{narrow}/figures/").content.decode()
    wider = nacka.get(f"/spaces/{space}/figures/").content.decode()
    assert "77 elnätskunder" not in wider
    assert network.client("taby-tib").get(f"/spaces/{narrow}/figures.csv").status_code == 404
