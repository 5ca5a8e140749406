"""Forms of governance."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gemensam.governance.domain.periods import EARLIEST, LATEST


class PeriodForm(forms.Form):
    """The years of a new period."""

    first_year = forms.IntegerField(label=_("First year"), min_value=EARLIEST, max_value=LATEST)
    last_year = forms.IntegerField(label=_("Last year"), min_value=EARLIEST, max_value=LATEST)
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Left empty, the years are the title.")
    )
