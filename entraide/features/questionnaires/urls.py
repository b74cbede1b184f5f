"""Addresses."""

from django.urls import path

from entraide.features.questionnaires.views import author, beside, circulate, keeping, lists, moves, offline, publish, reply, section

app_name = "questionnaires"
urlpatterns = [
    path("", lists.home, name="home"),
    path("asked/", lists.asked, name="asked"),
    path("rounds/", lists.circulations, name="circulations"),
    path("forms/", lists.questionnaires, name="list"),
    path("blocks/", lists.blocks, name="blocks"),
    path("forms/new/", author.new, name="new"),
    path("blocks/new/", author.new_block, name="new_block"),
    path("forms/import/", author.import_file, name="import"),
    path("forms/<uuid:questionnaire>/", author.page, name="questionnaire"),
    path("forms/<uuid:questionnaire>/edit/", author.edit, name="edit"),
    path("forms/<uuid:questionnaire>/xlsform/", author.export, name="export"),
    path("forms/<uuid:questionnaire>/publish/", publish.publish, name="publish"),
    path("forms/<uuid:questionnaire>/step/<slug:name>/", publish.step, name="step"),
    path("forms/<uuid:questionnaire>/translate/<slug:language>/", publish.translate, name="translate"),
    path("forms/<uuid:questionnaire>/circulate/", circulate.circulate, name="circulate"),
    path("forms/<uuid:questionnaire>/sections/new/", author.new_section, name="new_section"),
    path("forms/<uuid:questionnaire>/sections/<uuid:section>/", author.edit_section, name="edit_section"),
    path("forms/<uuid:questionnaire>/sections/<uuid:section>/questions/new/", author.new_question, name="new_question"),
    path("forms/<uuid:questionnaire>/questions/<uuid:question>/", author.edit_question, name="edit_question"),
    path("forms/<uuid:questionnaire>/parts/<uuid:part>/<slug:name>/", author.part, name="part"),
    path("rounds/<uuid:circulation>/", circulate.circulation, name="circulation"),
    path("rounds/<uuid:circulation>/beside/", beside.beside, name="beside"),
    path("rounds/<uuid:circulation>/answers/", beside.matrix, name="matrix"),
    path("asked/<uuid:addressee>/begin/", reply.begin, name="begin"),
    path("asked/<uuid:addressee>/oversee/", circulate.oversee, name="oversee"),
    path("replies/<uuid:reply>/", reply.reply, name="reply"),
    path("replies/<uuid:reply>/sections/<uuid:section>/", section.section, name="section"),
    path("replies/<uuid:reply>/sections/<uuid:section>/keep/", keeping.keep, name="keep"),
    path("replies/<uuid:reply>/sections/<uuid:section>/<int:number>/remove/", section.instance, name="remove_instance"),
    path("replies/<uuid:reply>/versions/<uuid:aside>/", section.decide, name="decide"),
    path("replies/<uuid:reply>/questions/<uuid:question>/<int:instance>/history/", section.history, name="history"),
    path("replies/<uuid:reply>/files/<uuid:key>/", section.file, name="file"),
    path("replies/<uuid:reply>/assign/", moves.assign, name="assign"),
    path("replies/<uuid:reply>/assignments/<uuid:assignment>/end/", moves.end_assignment, name="end_assignment"),
    path("replies/<uuid:reply>/assignments/<uuid:assignment>/hand-on/", moves.hand_on, name="hand_on"),
    path("replies/<uuid:reply>/assignments/<uuid:assignment>/finish/", reply.finish, name="finish"),
    path("replies/<uuid:reply>/move/<slug:name>/", moves.move, name="move"),
    path("replies/<uuid:reply>/offline/<slug:form>/", offline.download, name="offline"),
    path("replies/<uuid:reply>/upload/", offline.upload, name="upload"),
]
