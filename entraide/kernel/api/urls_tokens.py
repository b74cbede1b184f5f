"""Addresses of one's tokens."""

from django.urls import path

from entraide.kernel.api import views_tokens

app_name = "tokens"
urlpatterns = [
    path("", views_tokens.tokens, name="list"),
    path("new/", views_tokens.new, name="new"),
    path("<uuid:token>/revoke/", views_tokens.revoke, name="revoke"),
]
