"""Which browsers show pushes for which function; only as long as the account that subscribed holds the function."""

from collections.abc import Callable, Sequence

from gemensam.core.policy import Principal
from gemensam.delivery.models import Subscription
from gemensam.ledger.append import now_ms
from gemensam.ledger.locks import append_lock

Holds = Callable[[str, str, int], object]
MOST_PER_FUNCTION = 40
_holds: list[Holds] = []


def register_holding(holds: Holds) -> None:
    """Name who knows whether an account holds a function at a time (ms UTC): truthy where it does. Once, at start."""
    _holds[:] = [holds]


def subscribe(principal: Principal, endpoint: str, p256dh: str, auth: str) -> None:
    """Show pushes for the principal's function in this browser; one that was another's becomes this one's."""
    with append_lock(()):
        Subscription.objects.filter(endpoint=endpoint).delete()
        Subscription.objects.create(
            account=principal.account, function=principal.function, endpoint=endpoint, p256dh=p256dh, auth=auth,
            since=now_ms(),
        )  # fmt: skip
        kept = Subscription.objects.filter(function=principal.function).order_by("-since", "-id")
        old = list(kept.values_list("pk", flat=True)[MOST_PER_FUNCTION:])
        Subscription.objects.filter(pk__in=old).delete()


def forget(endpoint: str, account: str = "") -> None:
    """Forget a subscription, whoever's it is, or only if it is this account's."""
    with append_lock(()):
        found = Subscription.objects.filter(endpoint=endpoint)
        (found.filter(account=account) if account else found).delete()


def of_function(function: str) -> Sequence[Subscription]:
    """Return the browsers of those who hold a function now; nobody's where nobody knows who holds it."""
    now = now_ms()
    found = Subscription.objects.filter(function=function).order_by("id")
    return [one for one in found if any(holds(one.account, one.function, now) for holds in _holds)]


def count_of(principal: Principal) -> int:
    """Return how many browsers show pushes for this account in its present function."""
    return Subscription.objects.filter(account=principal.account, function=principal.function).count()
