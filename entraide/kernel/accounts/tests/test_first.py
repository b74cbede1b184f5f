"""`entraide post give`: the first administrator of a body, as an operator gives it."""

import os
import subprocess
import sys

import pytest

from entraide.kernel.accounts.models import Post
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)


def entraide(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ENTRAIDE_OWNER_URL": os.environ["ENTRAIDE_WEB_URL"]}  # this process's own database, logged in as owner
    return subprocess.run([sys.executable, "-m", "entraide.cli", *arguments], env=environment, capture_output=True, text=True, check=False)


def test_the_operator_gives_the_first_administrator_and_a_link() -> None:
    body = world.body("casa-nova", name="Casa Nova")
    for address in ("Rita@example.invalid", "rita@example.invalid"):
        done = entraide("post", "give", "--body", "casa nova", "--email", address, "--name", "Rita Invented")
        assert done.returncode == 0, done.stderr
        assert "/accounts/password/reset/key/" in done.stdout
    with as_steward():
        post = Post.objects.select_related("account").get(body=body)
        assert (post.function, post.account.email) == ("administrator", "rita@example.invalid")
    assert entraide("post", "give", "--body", "nowhere", "--email", "a@example.invalid", "--name", "A").returncode == 2
    assert "not an e-mail" in entraide("post", "give", "--body", "casa nova", "--email", "x", "--name", "A").stderr
