"""The situation by kommun and on the map."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class GeographyConfig(AppConfig):
    """Registers what this room knows with the shell of the pages."""

    name = "gemensam.geography"
    label = "geography"

    def ready(self) -> None:
        from gemensam.activation.areas import register_areas
        from gemensam.geography import labels
        from gemensam.geography.areas import areas_of
        from gemensam.ledger import describing
        from gemensam.web import nav
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        register_areas(areas_of)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        for kind in labels.KIND_WORDS:
            describing.register_describer(kind, labels.describe)
        shown_in = nav.CRISIS_SPACES
        for path, label, order in (
            ("places/", pgettext_lazy("menu", "By municipality"), 12),
            ("map/", pgettext_lazy("menu", "Map"), 14),
        ):
            nav.register_place(nav.SPACE, nav.Place(path, label, order, phone=False, spaces=shown_in))
