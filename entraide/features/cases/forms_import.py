"""Forms of import and export."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024


class UploadForm(forms.Form):
    """A file to try."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX with the field names of HTCDS 2.0, at most 10 MB. Nothing is filed before you have seen the result."),
    )
    leave_out = forms.BooleanField(label=_("Leave out columns that are not HTCDS"), required=False)

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it into smaller files."))
        return file


class ExportForm(forms.Form):
    """Which kind of file."""

    format = forms.ChoiceField(
        label=_("Kind of file"),
        widget=forms.RadioSelect,
        initial="csv",
        choices=[("csv", _("CSV, as it came in")), ("xlsx", _("XLSX, safe to open in a spreadsheet program"))],
    )
    contact = forms.BooleanField(
        label=_("Also telephone, e-mail and address of persons with safe-contact rules"),
        required=False,
        help_text=_("The rules have no field in HTCDS and do not go along: whoever receives the file must get them from you."),
    )
    understood = forms.BooleanField(
        label=_("I know that this file leaves Entraide’s protection, and I answer for where it goes."),
        error_messages={"required": _("Tick that you answer for the file.")},
    )
