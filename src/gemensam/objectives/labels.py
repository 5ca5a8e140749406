"""Words of the målbild: what is refused, and how its entries are called in the log."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

REFUSALS: dict[str, Text | Refusal] = {
    "section_without_heading": _("Begin each part with a heading: a line that starts with #."),
    "vision_text_missing": _("Write the text: a heading and at least one paragraph."),
    "vision_text_too_large": _("The text is too large: at most %(sections)s sections and %(paragraphs)s paragraphs."),
    "unknown_part": _("The joint vision has no such part."),
    "code_twice": _("Two paragraphs have the same number. Open the page again and write from there."),
    "heading_missing": _("Write a heading after the #."),
    "unknown_version_kind": _("Choose what kind of version it is."),
    "not_in_a_group": Refusal(_("This belongs in the space of a working group within a period."), 404),
    "day_wrong": _("Write the day as 2027-03-31."),
}
KIND_WORDS: dict[str, Text] = {
    "vision_version.published": pgettext_lazy("log", "Version of the joint vision published"),
    "vision_version.withdrawn": pgettext_lazy("log", "Version of the joint vision withdrawn"),
}
GROUP_WORDS: dict[str, Text] = {"vision_version": _("Versions of the joint vision")}
