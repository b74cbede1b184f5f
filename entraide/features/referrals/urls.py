"""Addresses: identifiers only."""

from django.urls import path

from entraide.features.referrals.views import begin, departure, lists, moves, pages

app_name = "referrals"
urlpatterns = [
    path("", lists.index, name="index"),
    path("sent/", lists.sent, name="sent"),
    path("received/", lists.received, name="received"),
    path("new/<uuid:case>/", begin.how, name="new"),
    path("new/<uuid:case>/send/", begin.choose_for_sending, name="choose"),
    path("new/<uuid:case>/send/<uuid:body>/", begin.ask, name="request"),
    path("new/<uuid:case>/telephone/", begin.choose_for_call, name="choose_call"),
    path("new/<uuid:case>/telephone/<uuid:body>/", begin.call, name="call"),
    path("sent/<uuid:referral>/", pages.outgoing, name="outgoing"),
    path("sent/<uuid:referral>/change/", pages.revise, name="revise"),
    path("sent/<uuid:referral>/record/", departure.ready, name="ready"),
    path("sent/<uuid:referral>/preview/", departure.preview, name="preview"),
    path("sent/<uuid:referral>/done/", departure.done, name="done"),
    path("sent/<uuid:referral>/receipt/", pages.outgoing_receipt, name="outgoing_receipt"),
    path("sent/<uuid:referral>/move/<slug:name>/", moves.outgoing_move, name="outgoing_move"),
    path("received/<uuid:referral>/", pages.incoming, name="incoming"),
    path("received/<uuid:referral>/receipt/", pages.incoming_receipt, name="incoming_receipt"),
    path("received/<uuid:referral>/withdrawal/", pages.answer_withdrawal, name="answer_withdrawal"),
    path("received/<uuid:referral>/move/<slug:name>/", moves.incoming_move, name="incoming_move"),
]
