"""Tags of the picture's own templates: `{% load picture %}`."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from gemensam.picture.compile_shown import Offered
from gemensam.picture.picture_shown import ShownStatement
from gemensam.picture.statement_drawing import draw_offers, draw_statement

register = template.Library()


@register.simple_tag(takes_context=True)
def statement(context: template.Context, one: ShownStatement, at: int) -> SafeString:
    """`{% statement one at %}`: a picture's sentence with its source; `at` is the picture's own time."""
    return draw_statement(one, context["page"].space, at)


@register.simple_tag(takes_context=True)
def offers(context: template.Context, here: Sequence[Offered]) -> SafeString:
    """`{% offers here %}`: the sentences offered under a heading of the workbench."""
    page = context["page"]
    return draw_offers(here, context["latest"], page.space, page.moment.at)
