"""Behind a proxy that speaks TLS, as a node of one's own runs, pages know that they travelled safely and from whom the question came."""

import os
import subprocess
import sys

ASK = """
import django; django.setup()
from django.test import Client, RequestFactory
from allauth.account.adapter import get_adapter
page = Client().get("/help/", headers={"x-forwarded-proto": "https", "host": "node.example"})
print(page["Strict-Transport-Security"])
asked = RequestFactory().get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
print(get_adapter().get_client_ip(asked))
"""


def test_the_browser_is_told_to_stay_with_tls_and_attempts_are_counted_by_the_address_that_the_proxy_saw() -> None:
    environment = os.environ | {"ENTRAIDE_ADDRESS": "https://node.example/", "DJANGO_SETTINGS_MODULE": "entraide.config.settings"}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["max-age=31536000", "198.51.100.7"]
