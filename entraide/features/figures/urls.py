"""Addresses."""

from django.urls import path

from entraide.features.figures import views, views_estimate, views_release, views_report, views_table

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("definitions/", views.definitions, name="definitions"),
    path("tables/", views.tables, name="tables"),
    path("tables/count/", views.count, name="count"),
    path("tables/bring/", views_table.bring, name="bring"),
    path("tables/<uuid:table>/", views.table, name="table"),
    path("tables/<uuid:table>/file/", views.table_file, name="table_file"),
    path("tables/<uuid:table>/tried/", views_table.tried, name="tried"),
    path("tables/<uuid:table>/tried/file/", views_table.file_table, name="file_table"),
    path("tables/<uuid:table>/tried/throw-away/", views_table.discard, name="discard_table"),
    path("estimates/", views_estimate.estimates, name="estimates"),
    path("estimates/new/", views_estimate.order, name="order_estimate"),
    path("estimates/compose/", views_estimate.compose, name="compose_estimate"),
    path("estimates/<uuid:estimate>/", views_estimate.estimate, name="estimate"),
    path("estimates/<uuid:estimate>/links/<slug:form>/", views_estimate.links_file, name="links_file"),
    path("estimates/<uuid:estimate>/stop/", views_estimate.stop, name="stop_estimate"),
    path("estimates/<uuid:estimate>/go-on/", views_estimate.resume, name="resume_estimate"),
    path("preparing/", views_release.preparing, name="preparing"),
    path("releases/new/", views_release.draft, name="draft"),
    path("releases/<uuid:release>/", views_release.release, name="release"),
    path("releases/<uuid:release>/new/", views_release.draft, name="new_version"),
    path("releases/<uuid:release>/report/<slug:form>/", views_report.report, name="report"),
    path("releases/<uuid:release>/file/<slug:form>/", views_release.release_file, name="release_file"),
    path("releases/<uuid:release>/review/", views_release.review, name="review"),
    path("releases/<uuid:release>/withdraw/", views_release.withdraw, name="withdraw"),
    path("releases/<uuid:release>/do/<slug:name>/", views_release.move, name="move"),
]
