"""What the network's directory says about functions, at this moment (rights are now: design 3.7)."""

from gemensam.accounts.domain import Post
from gemensam.core.policy import DIRECTORY, Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger.log import LOG
from gemensam.organisations import domain, rights


def directory() -> SpaceState:
    """The directory with everything committed by now; costs a look at its head."""
    return LOG.catch_up(DIRECTORY)


def principal_in(post: Post, *, account: str, known: SpaceState | None = None) -> Principal | None:
    """The principal of a post, or None where the directory no longer has the function or its organisation has left.

    `known`: the directory with everything committed by now, where the request has looked at it.
    """
    known = known or directory()
    function = domain.function(known, post.function)
    if function is None or function.organisation != post.organisation:
        return None
    membership = rights.membership(known)
    if post.organisation not in membership.insiders | membership.guests:
        return None
    return Principal(account, post.organisation, post.function, rights.permissions(known, post.function))


def post_of(function: str) -> Post:
    """The post of a function; raises `Refused("unknown_function")` where the directory has none in use."""
    found = domain.function(directory(), function)
    if found is None:
        raise Refused("unknown_function", function=function)
    return Post(found.id, found.organisation)
