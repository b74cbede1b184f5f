"""Addresses."""

from django.urls import path

from entraide.kernel.accounts import demo, views

app_name = "accounts"
urlpatterns = [
    path("", views.posts, name="posts"),
    path("switch/", views.switch, name="switch"),
    path("zone/", views.zone, name="zone"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("colleagues/new/", views.give_post, name="give_post"),
    path("colleagues/<uuid:post>/end/", views.end_post, name="end_post"),
    path("colleagues/<uuid:post>/telephone/", views.lost_telephone, name="lost_telephone"),
    path("demo/", demo.demo_sign_in, name="demo"),
]
