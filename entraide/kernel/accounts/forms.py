"""Forms of posts and of the demonstration's sign-in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.kernel.accounts.choices import Function


class GivePostForm(forms.Form):
    """Who gets which post."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues at this body will see it."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it and gets a link to set a password."))
    function = forms.ChoiceField(label=_("Post"), choices=Function.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=[code for code in settings.LANGUAGES if code[0] != "ar"], widget=forms.RadioSelect
    )


class ColleaguesFilter(forms.Form):
    """Narrows the list of posts."""

    function = forms.ChoiceField(label=_("Post"), required=False, choices=[("", _("All")), *Function.choices])
