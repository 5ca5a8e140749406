"""Reading a PDF back, with pypdf, as a screen reader or an archive would."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

# A line may be broken after a hyphen that is not in the text, and anywhere in a very long word.
_SOFT = re.compile(r"[\s\u00ad\u200b-]+")


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in reader(pdf).pages]


def squeezed(text: str) -> str:
    """Return the text without blanks and hyphens, so that line breaks do not matter."""
    return _SOFT.sub("", text)


def whole(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))


def tags(pdf: bytes) -> list[DictionaryObject]:
    """Return every element of the tag tree, in reading order."""
    return list(_elements(reader(pdf).root_object["/StructTreeRoot"]))


def kinds(elements: list[DictionaryObject]) -> list[str]:
    """Return the kinds of elements of the tag tree: /H1, /P, /TH and so on."""
    return [str(element["/S"]) for element in elements]


def _elements(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def printed_texts(value: Any) -> Iterator[str]:
    """Return the texts of a document's data that must stand on paper; codes and settings are not among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from printed_texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in {"language", "paper", "form", "code", "value", "type", "kind", "before", "after", "marks"}:
                yield from printed_texts(part)
