"""A file that is too large is said to be too large, wherever one can be chosen; never that none was chosen, never an empty one."""

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings


class Chosen(forms.Form):
    """Any form with a file."""

    file = forms.FileField()
    name = forms.CharField()


def sent(settings: Settings, size: int, allowed: int) -> HttpRequest:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = allowed
    return RequestFactory().post("/", {"name": "kept", "file": SimpleUploadedFile("lists.csv", b"x" * size)})


def test_a_file_that_fits_arrives_whole(settings: Settings) -> None:
    request = sent(settings, 20_000, 100_000)
    form = Chosen(request.POST, request.FILES)
    assert form.is_valid() and form.cleaned_data["file"].read() == b"x" * 20_000


def test_one_that_is_too_large_is_said_to_be_so_and_nothing_else_is_lost(settings: Settings) -> None:
    request = sent(settings, 200_000, 100_000)
    form = Chosen(request.POST, request.FILES)
    assert list(form.errors) == ["file"] and "larger than 10 MB" in str(form.errors["file"])
    assert form.cleaned_data["name"] == "kept"


def test_nobody_takes_its_absence_for_an_empty_file(settings: Settings) -> None:
    file = sent(settings, 200_000, 100_000).FILES["file"]
    assert isinstance(file, UploadedFile)
    with pytest.raises(RequestDataTooBig):
        file.read()
    with pytest.raises(RequestDataTooBig):
        list(file.chunks())
