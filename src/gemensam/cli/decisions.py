"""The command `read-decision`: what decision documents say, each field with its place and certainty."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from gemensam.cli.reasons import reason
from gemensam.core.refusal import Refused
from gemensam.governance.reading.decisions import read_document
from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.words import grammar_of_region
from gemensam.regions import region_names

AT_ONCE = 2
CERTAINTY = {"stated": "stated", "inferred": "inferred", "not_stated": "not stated"}


def read_decision(chosen: argparse.Namespace) -> int:
    """Read every file that can be read; 0 when all could, 1 when one was refused (the others are told all the same)."""
    if chosen.region not in region_names():
        raise Refused("no_such_region", region=chosen.region, regions=", ".join(region_names()))
    grammar = grammar_of_region(chosen.region)
    told: dict[str, Mapping[str, Any]] = {}
    for name, answer in _answers(chosen.files, grammar):
        told[name] = answer
        if not chosen.json:
            print("\n".join(_lines(name, answer)), flush=True)
    if chosen.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    return 1 if any("error" in answer for answer in told.values()) else 0


def _answers(files: list[str], grammar: Grammar) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each file's answer in the order given, and the progress on stderr where there are several."""
    names = _names(files)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda file: _answer(file, grammar), files)
        for place, (name, answer) in enumerate(zip(names, answers, strict=True), 1):
            if len(files) > 1:
                print(f"{place}/{len(files)} {name}", file=sys.stderr, flush=True)
            if "error" in answer:
                print(f"gemensam: {name}: {answer['error']['reason']}", file=sys.stderr)
            yield name, answer


def _names(files: list[str]) -> list[str]:
    """Return what each file is called in the answer: its name, or its whole path where two have the same name."""
    times = Counter(Path(file).name for file in files)
    return [Path(file).name if times[Path(file).name] == 1 else file for file in files]


def _answer(file: str, grammar: Grammar) -> Mapping[str, Any]:
    try:
        return read_document(Path(file).read_bytes(), Path(file).name, grammar).as_json()
    except Refused as refused:
        return {"error": {"code": refused.code, "reason": reason(refused)}}
    except OSError as error:
        return {"error": {"code": "file_unreadable", "reason": error.strerror or str(error)}}


def _lines(name: str, answer: Mapping[str, Any]) -> Iterator[str]:
    yield name
    for field, place in answer.get("places", {}).items():
        certainty = CERTAINTY[place["certainty"]]
        where = f" (page {place['page']}, line {place['line']})" if place["page"] else ""
        value = answer[field]
        shown = "–" if value is None else json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
        yield f"  {field}: {shown}  [{certainty}{where}]"
    if answer.get("file", {}).get("pages_without_text"):
        yield f"  pages without text: {answer['file']['pages_without_text']}"
