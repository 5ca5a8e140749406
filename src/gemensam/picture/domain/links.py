"""Answer links of requests (R85): what they are about, and the permission that goes with them.

What is sent by one is entered for the asked organisation and unconfirmed, as if it had come by telephone.
"""

from gemensam.answer_links.domain import LinkKind

PERMISSION = "answer_link"  # to let others answer by link; what comes by it is written with it
BY_LINK = frozenset({PERMISSION})

REQUEST = LinkKind("request", open_in="open", permission=PERMISSION, asked=lambda data: data.asked)
