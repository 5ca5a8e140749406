"""What became of the letters of a remiss, and what is not set up so that none can go."""

from gemensam.consultation.domain.remisses import RemissData
from gemensam.consultation.view_parts import Row, Speech
from gemensam.core.state import Thing
from gemensam.delivery import labels as words
from gemensam.delivery import outbox
from gemensam.delivery.channels import channels


def mail_missing() -> str:
    """Return in words why no mail can go out, "" where it can."""
    code = channels()["email"].missing()
    return words.reason(code) if code else ""


def delivery_rows(thing: Thing, speech: Speech) -> list[Row]:
    """Return the attempts of a remiss' letters, the newest first: to whom, when, and what came of it."""
    data: RemissData = thing.data
    causes = [data.sent, data.ended, *(digest for digest, _at in (*data.extensions, *data.reminders))]
    found = [
        (attempt.started_at, reply_to, attempt)
        for cause in causes
        if cause
        for reply_to, attempt in outbox.attempts_because_of(cause)
    ]
    return [
        {
            "name": speech.short(reply_to),
            "at": at,
            "state": str(words.STATES.get(attempt.state, attempt.state)),
            "reason": words.reason(attempt.reason),
        }
        for at, reply_to, attempt in sorted(found, key=lambda each: -each[0])
    ]
