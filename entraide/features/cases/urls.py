"""Addresses: identifiers and codes only."""

from django.urls import include, path

from entraide.features.cases import views, views_asking, views_case, views_consent, views_notes, views_record, views_team

app_name = "cases"
urlpatterns = [
    path("", include("entraide.features.cases.urls_import")),
    path("", views.cases, name="list"),
    path("find/", views.find, name="find"),
    path("new/", views.new, name="new"),
    path("<uuid:case>/", views_case.case, name="case"),
    path("<uuid:case>/person/", views_case.person, name="person"),
    path("<uuid:case>/situation/", views_case.situation_page, name="situation"),
    path("<uuid:case>/agreements/", views_case.agreements, name="agreements"),
    path("<uuid:case>/notes/", views_case.notes, name="notes"),
    path("<uuid:case>/timeline/", views_case.timeline, name="timeline"),
    path("<uuid:case>/team/", views_case.team, name="team"),
    path("<uuid:case>/record/<slug:group>/", views_record.record, name="record"),
    path("<uuid:case>/identification/", views_record.identification, name="identification"),
    path("<uuid:case>/age/", views_record.age, name="age"),
    path("<uuid:case>/status/", views_record.status, name="status"),
    path("<uuid:case>/tracks/<slug:track>/", views_record.track, name="track"),
    path("<uuid:case>/notes/new/", views_notes.note, name="new_note"),
    path("<uuid:case>/links/new/", views_notes.link, name="new_link"),
    path("<uuid:case>/team/new/", views_team.add_member, name="add_member"),
    path("<uuid:case>/team/<uuid:post>/remove/", views_team.remove_member, name="remove_member"),
    path("<uuid:case>/hold/", views_team.hold, name="hold"),
    path("<uuid:case>/hold/lift/", views_team.lift_hold, name="lift_hold"),
    path("<uuid:case>/erase/", views_team.erase, name="erase"),
    path("<uuid:case>/certificate/", views_team.certificate, name="certificate"),
    path("<uuid:case>/recipients/<slug:name>/", views_asking.recipients, name="recipients"),
    path("<uuid:case>/agreements/new/<uuid:body>/", views_asking.ask, name="ask"),
    path("<uuid:case>/agreements/new/<uuid:body>/show/", views_asking.show, name="show"),
    path("<uuid:case>/agreements/new/<uuid:body>/answer/", views_asking.answer, name="answer"),
    path("<uuid:case>/agreements/new/<uuid:body>/refuse/", views_asking.refuse, name="refuse"),
    path("<uuid:case>/agreements/<uuid:agreement>/", views_consent.agreement, name="agreement"),
    path("<uuid:case>/agreements/<uuid:agreement>/withdraw/", views_consent.withdraw, name="withdraw"),
    path("<uuid:case>/legal-bases/", views_consent.legal_bases, name="legal_bases"),
    path("<uuid:case>/legal-bases/duty/<uuid:body>/", views_consent.legal_duty, name="legal_duty"),
    path("<uuid:case>/transfer-bases/", views_consent.transfer_bases, name="transfer_bases"),
    path("<uuid:case>/transfer-bases/new/<uuid:body>/", views_consent.transfer_basis, name="transfer_basis"),
]
