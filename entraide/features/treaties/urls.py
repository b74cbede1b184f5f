"""Addresses."""

from django.urls import path

from entraide.features.treaties import views, views_write

app_name = "treaties"
urlpatterns = [
    path("", views.instruments, name="instruments"),
    path("basis/", views.basis, name="basis"),
    path("compare/", views.compare, name="compare"),
    path("states/<slug:state>/", views.state, name="state"),
    path("states/<slug:state>/acts/new/", views_write.record_act, name="record_act"),
    path("states/<slug:state>/authorities/new/", views_write.designate, name="designate"),
    path("states/<slug:state>/law/new/", views_write.record_law, name="record_law"),
    path("entries/<slug:kind>/<uuid:entry>/end/", views_write.end, name="end"),
    path("steps/<uuid:step>/evidence/new/", views_write.add_evidence, name="add_evidence"),
    path("<slug:slug>/", views.instrument, name="instrument"),
    path("<slug:slug>/acts/new/", views_write.deposit, name="deposit"),
    path("<slug:slug>/status/", views.status_csv, name="status_csv"),
    path("<slug:slug>/commitments/", views.commitments, name="commitments"),
    path("<slug:slug>/commitments/<slug:eid>/new/", views_write.add_step, name="add_step"),
]
