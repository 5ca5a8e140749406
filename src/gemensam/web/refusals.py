"""Words for what the log itself refuses: form of an entry, circles, order, attachments, drafts."""

from django.utils.translation import gettext_lazy as _

from gemensam.web.labels import Refusal, Text

_UNREADABLE = _("The entry is not in the form that the log takes.")
_FILE = _("The file is damaged at line %(line)s.")

REFUSALS: dict[str, Text | Refusal] = {
    # The form of an entry (design 5.2)
    "malformed": Refusal(_UNREADABLE, 400),
    "not_json": Refusal(_("What was sent is not JSON."), 400),
    "not_unicode": Refusal(_("What was sent holds characters that are not valid Unicode."), 400),
    "not_canonical": Refusal(_("The entry is not in canonical form."), 400),
    "duplicate_key": Refusal(_("A name stands twice in the same object."), 400),
    "key_not_ascii": Refusal(_("A name holds other letters than a to z."), 400),
    "float_not_allowed": Refusal(_("Numbers with decimals are written as text."), 400),
    "integer_too_large": Refusal(_("A number is too large."), 400),
    "header_malformed": Refusal(_UNREADABLE, 400),
    "header_too_large": Refusal(_("The entry's header is larger than %(limit)s bytes."), 413),
    "payload_too_large": Refusal(_("The text is too large: %(size)s bytes, at most %(limit)s."), 413),
    "invalid_payload": _("Something in it is missing or wrong: %(faults)s"),
    "unknown_kind": _("This program does not know entries of the kind %(kind)s."),
    "unknown_version": _("This program does not know version %(version)s of %(kind)s. It needs an upgrade."),
    "needs_upgrade": Refusal(_("This was changed by a newer program and can only be read here."), 409),
    "kind_not_here": _("%(kind)s cannot be written in this kind of space."),
    "occurred_in_future": _("The time %(occurred_at)s has not come yet."),
    "malformed_entry": Refusal(_UNREADABLE, 400),
    "body_too_large": Refusal(_("What was sent is larger than an entry may be."), 413),
    "bad_id": Refusal(_("The identity of the request is no UUID."), 400),
    "bad_time": Refusal(_("The time is not written as RFC 3339 says."), 400),
    # Who and where
    "not_your_organisation": Refusal(_("Only the organisation itself may write this."), 403),
    "not_owner": Refusal(_("Only the organisation that this belongs to may change it."), 403),
    "no_such_organisation": _("The directory has no organisation %(organisation)s."),
    "no_such_subject": Refusal(_("What this is about is not here."), 404),
    "no_such_reference": _("What this refers to is not here."),
    "subject_exists": Refusal(_("It has already been created."), 409),
    "subject_must_be_space": _("A space is founded under its own name."),
    "reference_not_wider": _("This would tell a wider circle of something in a narrower one."),
    "mark_too_narrow": _(
        "The mark %(mark)s is for those alone who are named, and more read this. Share it in a narrower circle that "
        "names functions, or choose another mark."
    ),
    "mark_needs_circle": _(
        "The mark %(mark)s is for named organisations alone, and the whole network reads this, those who join it later "
        "too. Share it in a narrower circle, or choose another mark."
    ),
    "mark_not_for_guests": _(
        "The mark %(mark)s is not for guests, and guests read this. Write it in the network's own space, or choose "
        "another mark."
    ),
    "readers_changed": Refusal(_("The readers have changed since you saw the list. Look at it again and send."), 409),
    "circle_empty": _("Choose who is to read."),
    "founder_not_in_circle": _("Your own function must be among the readers."),
    "parent_wrong": _("A narrower or outer space belongs to a space, and only they do."),
    "space_closed": Refusal(_("The space is closed. It can be read but not written in."), 409),
    # Cautions
    "personal_number": _("The text seems to contain a personal identity number. Take it out, or say that it is none."),
    "stop_question": _(
        "%(mark)s: does this belong here at all? Say that it has been assessed, or do not write it. Nothing was saved."
    ),
    # Order
    "moved": Refusal(_("Somebody has changed this since you opened it. Look at both and choose."), 409),
    "id_reused": Refusal(_("The identity of the request has been used for something else."), 409),
    "fork": Refusal(_("Two different entries claim number %(number)s. The feed is stopped."), 409),
    "feed_gap": Refusal(_("Entries are missing before number %(found)s."), 409),
    "chain_broken": Refusal(_("The chain of entries is broken at number %(number)s."), 409),
    "clock_not_rising": Refusal(_("The clock stands still or goes back at number %(number)s."), 409),
    "database_behind_tip": Refusal(
        _("The database lacks entries that were acknowledged. It must be restored with restore-node first."), 503
    ),
    "storage_failed": Refusal(_("The database could not save. Nothing was changed."), 503),
    "signature_wrong": Refusal(_("The signature does not fit the entry."), 400),
    "space_wrong": Refusal(_("The entry belongs to another space."), 400),
    "nothing_to_restore": Refusal(_("The database lacks nothing that was acknowledged. Nothing was changed."), 409),
    "not_a_demo": Refusal(_("Only a demonstration can do this."), 409),
    "worker_running": Refusal(_("Another worker is active on this data folder."), 409),
    # Drafts, attachments, search, disposal
    "draft_moved": Refusal(_("A colleague has saved a newer draft. Look at it first."), 409),
    "draft_too_large": Refusal(_("The draft is too large."), 413),
    "attachment_empty": _("The file is empty."),
    "attachment_too_large": Refusal(_("The file is larger than %(limit)s bytes."), 413),
    "attachment_type": Refusal(_("Files of the type %(media_type)s are not taken."), 415),
    "attachment_name": _("The file's name cannot be used."),
    "query_empty": _("Write at least one word to search for."),
    "not_disposable": _("Entries of the kind %(kind)s cannot be disposed of."),
    "decision_missing": _("Name the decision that the disposal rests on."),
    # Files with a whole space
    "file_empty": Refusal(_("The file is empty."), 400),
    "file_not_ours": Refusal(_("This is not a file from this program."), 400),
    "file_malformed": Refusal(_FILE, 400),
    "file_cut": Refusal(_("The file ends too early."), 400),
    # Vocabularies
    "no_such_vocabulary": Refusal(_("There is no such list."), 404),
    "vocabulary_code": _("The list's code cannot be used."),
    "vocabulary_items": _("Each item needs its own code."),
    "vocabulary_names": _("Each item needs a name."),
    "vocabulary_code_gone": _("Items cannot be removed, only taken out of use: %(codes)s"),
}
