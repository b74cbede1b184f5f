"""What a field says when nothing was filled in, too much, or what cannot be seen, in plain words; a form's own sentence goes before."""

from django.core.validators import MaxLengthValidator
from django.forms import BooleanField, CharField, ChoiceField, Field, FileField, MultipleChoiceField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from entraide.ui.typed import nothing_hidden
from entraide.ui.uploads import refuse_unread


def say_it_plainly() -> None:
    """Replaces Django's sentences for whatever field is made from now on; called once, when the site starts."""
    Field.default_error_messages = Field.default_error_messages | {"required": _("Fill this in.")}
    ChoiceField.default_error_messages = ChoiceField.default_error_messages | {"required": _("Choose one of these.")}
    MultipleChoiceField.default_error_messages = MultipleChoiceField.default_error_messages | {"required": _("Tick at least one.")}
    BooleanField.default_error_messages = BooleanField.default_error_messages | {"required": _("Tick the box.")}
    FileField.default_error_messages = FileField.default_error_messages | {"required": _("Choose a file.")}
    FileField.default_validators = [refuse_unread]
    CharField.default_validators = [*CharField.default_validators, nothing_hidden]
    MaxLengthValidator.message = ngettext_lazy(
        "This has %(show_value)d characters; at most %(limit_value)d can be taken.",
        "This has %(show_value)d characters; at most %(limit_value)d can be taken.",
        "limit_value",
    )
