"""Addresses."""

from django.urls import path

from entraide.features.texts import views, views_write

app_name = "texts"
urlpatterns = [
    path("", views.texts, name="list"),
    path("new/", views_write.new, name="new"),
    path("<slug:slug>/", views.text, name="text"),
    path("<slug:slug>/compare/", views.compare, name="compare"),
    path("<slug:slug>/add/", views_write.add, name="add"),
    path("<slug:slug>/at/<slug:eid>/", views.provision, name="provision"),
    path("<slug:slug>/version/<int:number>/", views.text, name="version"),
    path("<slug:slug>/version/<int:number>/file/<slug:form>/", views.export, name="export"),
    path("<slug:slug>/version/<int:number>/publish/", views_write.publish, name="publish"),
    path("<slug:slug>/version/<int:number>/throw-away/", views_write.throw_away, name="throw_away"),
]
