"""What the record says of questionnaires."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "questionnaires:": _("A page of questionnaires"),
        "questionnaires.create": _("Began a questionnaire"),
        "questionnaires.import": _("Imported a questionnaire"),
        "questionnaires.translate": _("Changed translations of a questionnaire"),
        "questionnaires.add_file": _("Added an evidence file"),
        "questionnaires.remove_file": _("Removed an evidence file"),
        "questionnaires.open_file": _("Opened an evidence file"),
        "questionnaires.upload": _("Uploaded answers written offline"),
        "questionnaires.revise": _("Changed a questionnaire’s title or languages"),
        "questionnaires.change": _("Changed a draft questionnaire"),
        "questionnaires.publish": _("Published a questionnaire"),
        "questionnaires.throw_away": _("Threw a draft questionnaire away"),
        "questionnaires.next_version": _("Began the next version of a questionnaire"),
        "questionnaires.use_block": _("Used a block in a questionnaire"),
        "questionnaires.circulate": _("Circulated a questionnaire"),
        "questionnaires.add_addressees": _("Asked further bodies"),
        "questionnaires.extend": _("Extended a deadline"),
        "questionnaires.remind": _("Reminded whoever has not answered"),
        "questionnaires.admit": _("Let others read the replies to a questionnaire"),
        "questionnaires.give_back": _("Returned a reply for completion"),
        "questionnaires.publish_reply": _("Published a reply"),
        "questionnaires.withdraw_reply": _("Withdrew a reply from publication"),
        "questionnaires.begin": _("Began a reply"),
        "questionnaires.assign": _("Assigned a part of a reply"),
        "questionnaires.end_assignment": _("Took an assignment back"),
        "questionnaires.hand_on": _("Said which colleague writes an assigned part"),
        "questionnaires.finish": _("Said whether an assigned part is done"),
        "questionnaires.save": _("Saved answers"),
        "questionnaires.decide": _("Chose between two versions of an answer"),
        "questionnaires.add_instance": _("Added an entry to a reply"),
        "questionnaires.remove_instance": _("Removed an entry from a reply"),
        "questionnaires.clear": _("Cleared a reply"),
        "questionnaires.reopen": _("Opened a reply again"),
        "questionnaires.send": _("Sent a reply"),
        "questionnaires.allow_publication": _("Allowed or refused publication of a reply"),
    }
)
