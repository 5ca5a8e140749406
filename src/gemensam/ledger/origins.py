"""Who wrote an entry: what runs by itself acts only on what this node wrote in its present life (design section 6)."""

from pathlib import Path

from django.conf import settings

from gemensam.core.entry import header_from
from gemensam.ledger.log import fetch, read_stored
from gemensam.ledger.node import read_node

_HEADER = "SELECT header FROM ledger_entry WHERE space = %s AND digest = %s"


def written_here(space: str, digest: str) -> bool:
    """Return whether this node wrote the entry in its present incarnation; False for one that is not there.

    What was imported, or written before the database was restored, is nobody's until a person takes it over.
    """
    found = fetch(_HEADER, [space, digest])
    if not found:
        return False
    header, node = header_from(read_stored(found[0][0])), read_node(Path(settings.GEMENSAM_DATA))
    return header.node == node.name and header.incarnation == node.incarnation
