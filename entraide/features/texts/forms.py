"""Forms of texts: the filter of the list, a file to read, publishing."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entraide.engines.texts.model import MAX_BYTES
from entraide.features.texts.choices import DocumentKind
from entraide.kernel.base.countries import UN_LANGUAGES, language_name
from entraide.ui.forms import DateField


class TextsFilter(forms.Form):
    """Narrows the list of texts."""

    text = forms.CharField(label=_("Words of the title"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *DocumentKind.choices])


class FileForm(forms.Form):
    """A text to read."""

    file = forms.FileField(
        label=_("File"), help_text=_("Plain text, DOCX or Akoma Ntoso XML, at most 10 MB. It becomes a draft that your body sees.")
    )
    language = forms.ChoiceField(label=_("Language of the file"))
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Where the text comes from: a symbol, a register.")
    )

    def __init__(self, *args: object, new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [(code, language_name(code)) for code in UN_LANGUAGES]
        language.initial = (get_language() or "en").split("-")[0]
        if not new:
            del self.fields["kind"], self.fields["source"]

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it into smaller files."))
        return file


class PublishForm(forms.Form):
    """When it was adopted, if it was."""

    adopted_on = DateField(label=_("Adopted on"), required=False, help_text=_("Leave it empty for a text that nobody adopts."))
