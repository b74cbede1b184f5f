"""Addresses: identifiers only."""

from django.urls import path

from entraide.features.cases import views, views_case, views_consent, views_work

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="list"),
    path("find/", views.find, name="find"),
    path("new/", views.new, name="new"),
    path("<uuid:case>/", views_case.case, name="case"),
    path("<uuid:case>/person/", views_case.person, name="person"),
    path("<uuid:case>/agreements/", views_case.agreements, name="agreements"),
    path("<uuid:case>/notes/", views_case.notes, name="notes"),
    path("<uuid:case>/team/", views_case.team, name="team"),
    path("<uuid:case>/certificate/", views_case.certificate, name="certificate"),
    path("<uuid:case>/person/<slug:group>/", views_work.record, name="record"),
    path("<uuid:case>/notes/new/", views_work.note, name="new_note"),
    path("<uuid:case>/links/new/", views_work.link, name="new_link"),
    path("<uuid:case>/identification/", views_work.identification, name="identification"),
    path("<uuid:case>/age/", views_work.age, name="age"),
    path("<uuid:case>/status/", views_work.status, name="status"),
    path("<uuid:case>/tracks/<slug:track>/", views_work.track, name="track"),
    path("<uuid:case>/team/new/", views_work.add_member, name="add_member"),
    path("<uuid:case>/team/<uuid:post>/remove/", views_work.remove_member, name="remove_member"),
    path("<uuid:case>/hold/", views_work.hold, name="hold"),
    path("<uuid:case>/hold/lift/", views_work.lift_hold, name="lift_hold"),
    path("<uuid:case>/erase/", views_work.erase, name="erase"),
    path("<uuid:case>/agreements/new/", views_consent.begin, name="ask"),
    path("<uuid:case>/agreements/new/<uuid:body>/<slug:purpose>/", views_consent.answer, name="answer"),
    path("<uuid:case>/agreements/<uuid:agreement>/", views_consent.agreement, name="agreement"),
    path("<uuid:case>/agreements/<uuid:agreement>/withdraw/", views_consent.withdraw, name="withdraw"),
    path("<uuid:case>/legal-bases/new/", views_consent.legal_basis, name="legal_bases"),
    path("<uuid:case>/transfer-bases/new/", views_consent.transfer_basis, name="transfer_bases"),
]
