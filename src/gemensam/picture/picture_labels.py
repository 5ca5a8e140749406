"""What people are told when the picture is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gemensam.web.labels import Refusal, Text

REFUSALS: Mapping[str, Text | Refusal] = {
    "picture_empty": _("Choose at least one statement or write something."),
    "picture_too_long": _("The picture has become too long. Choose fewer statements or write less."),
    "picture_moved": Refusal(
        _("Picture no. %(number)s was published while you worked. Look at it and begin from it."), 409
    ),
    "picture_draft_moved": Refusal(_("The draft was changed after this preview. Look at it once more."), 409),
    "no_earlier_picture": _("There is no earlier picture to begin from."),
    "statement_not_here": _("A chosen statement is not in this space."),
    "statement_moved": Refusal(_("%(organisation)s has changed a chosen statement. Choose it anew or remove it."), 409),
    "unknown_heading": _("%(value)s is not a heading of the combined picture."),
    "heading_twice": _("The heading %(value)s stands twice."),
    "valid_until_wrong": _("Valid until and next picture must be later than the time of the situation."),
    "stated_at_missing": _("Say which time the picture shows."),
    "no_such_cadence": _("%(value)s is not in the list of rhythms."),
    "cadence_subject": _("Your organisation sets the rhythm in its own name."),
    "cadence_rhythm": _("The times of the rhythm cannot be read."),
    "rhythm_unreadable": _(
        "“%(value)s” cannot be read. Write for example Thursday 08:30, every day 06:30 and 14:30, every 2 h or "
        "30 min before conference."
    ),
    "cadence_circle": _("A part of the rhythm is counted from one that has no time of its own."),
    "cadence_moved": Refusal(_("The rhythm has been changed meanwhile. Look at it and change it anew."), 409),
    "cadence_stale_limit": _("The limit for stale is written in whole hours, at least one."),
    "unknown_own_field": _("%(value)s is not a field of this heading."),
    "scenario_not_here": _("Courses of events do not stand under this heading."),
    "too_many_scenarios": _("At most %(limit)s courses of events."),
    "scenario_without_title": _("Give each course of events a name."),
    "unknown_likelihood": _("%(value)s is not in the list of likelihoods."),
    "analysis_subject": _("Your organisation answers in its own name."),
    "unknown_question": _("%(value)s is not a question of the analysis."),
    "question_twice": _("A question is answered twice."),
    "analysis_empty": _("Answer at least one question."),
    "answer_too_long": _("An answer holds at most %(limit)s characters."),
    "unknown_excerpt": Refusal(_("%(value)s is not in the list of excerpts."), 404),
    "excerpt_no_picture": Refusal(
        _("The picture has been taken back or disposed of: no excerpt is made from it."), 409
    ),
    "excerpt_not_in_picture": _("Something chosen does not stand in this picture."),
    "excerpt_held": Refusal(
        _("Something chosen may not go to this recipient. Its mark has changed, or it has been taken back."), 409
    ),
    "excerpt_field_missing": _("Fill in: %(field)s."),
    "excerpt_empty": _("Choose at least one statement or write something for the recipient."),
    "excerpt_unknown_field": _("%(value)s is not a field of this excerpt."),
    "excerpt_too_long": _("A field holds at most %(limit)s characters."),
    "document_busy": Refusal(_("Many documents are being made just now. Try again in a moment."), 503),
}
