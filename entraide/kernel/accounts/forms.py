"""Forms of posts and of the demonstration's sign-in."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entraide.kernel.accounts import zones
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.models import Post
from entraide.ui.forms import as_heading


class GivePostForm(forms.Form):
    """Who gets which post."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues at this body will see it."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it and gets a link to set a password."))
    function = forms.ChoiceField(label=_("Post"), choices=Function.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=[code for code in settings.LANGUAGES if code[0] != "ar"], widget=forms.RadioSelect
    )


class HeirForm(forms.Form):
    """Who takes over."""

    heir = forms.ModelChoiceField(
        label=_("Who takes over?"),
        help_text=_("She sees everything in these cases from now on. Tell her: no mail does."),
        queryset=Post.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )

    def __init__(self, *args: Any, heirs: QuerySet[Post], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["heir"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = heirs
        field.label_from_instance = lambda post: post.label  # type: ignore[method-assign,assignment]  # Django's documented hook


class ZoneForm(forms.Form):
    """Whose clock is shown."""

    zone = as_heading(
        forms.ChoiceField(
            label=_("In which time zone do you work?"),
            help_text=_("All times are shown in it, and read in it when you type them. Records, receipts and exports stay in UTC."),
        )
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zones.choices(country)  # type: ignore[attr-defined]  # a choice field

    def clean_zone(self) -> str:
        """Empty for the usual one."""
        zone = str(self.cleaned_data["zone"])
        return "" if zone == zones.USUAL else zone


class ColleaguesFilter(forms.Form):
    """Narrows the list of posts."""

    function = forms.ChoiceField(label=_("Post"), required=False, choices=[("", _("All")), *Function.choices])
