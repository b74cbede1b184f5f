"""What the record says of monitoring."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "monitoring.found": _("Entered a monitoring mechanism"),
        "monitoring.set_languages": _("Chose the languages of a mechanism’s reports"),
        "monitoring.open_round": _("Opened a round of evaluation"),
        "monitoring.set_clusters": _("Put obligations of a round into clusters"),
        "monitoring.add_questionnaire": _("Had a round ask a questionnaire"),
        "monitoring.remove_questionnaire": _("Took a questionnaire out of a round"),
        "monitoring.declare": _("Declared a tie to a State"),
        "monitoring.appoint": _("Appointed a reviewer"),
        "monitoring.dismiss": _("Took a reviewer out of a team"),
        "monitoring.plan_visit": _("Planned a visit"),
        "monitoring.hold_meeting": _("Wrote into the programme of a visit"),
        "monitoring.cancel_meeting": _("Took a meeting out of the programme of a visit"),
        "monitoring.send_programme": _("Sent the programme of a visit to its State"),
        "monitoring.fix_inputs": _("Published what lots are drawn from"),
        "monitoring.draw": _("Drew lots"),
        "monitoring.begin": _("Began an evaluation"),
        "monitoring.visit": _("Began the visit of an evaluation"),
        "monitoring.write": _("Worked on a draft report"),
        "monitoring.remove": _("Took a paragraph out of a draft report"),
        "monitoring.find": _("Recorded a finding or its evidence"),
        "monitoring.send_draft": _("Sent a draft report to its State"),
        "monitoring.take_comments": _("Ended a State’s period for comments"),
        "monitoring.adopt": _("Adopted a final report"),
        "monitoring.publish": _("Published a report"),
        "monitoring.close": _("Closed a procedure"),
        "monitoring.comment": _("Commented on a draft report"),
        "monitoring.submit_comments": _("Sent the State’s comments"),
        "monitoring.consent": _("Agreed to publication"),
        "monitoring.reply": _("Replied to a recommendation"),
        "monitoring.decide": _("Recorded a decision of the committee"),
        "monitoring.answered": _("Recorded that a decision was answered"),
        "monitoring.assess": _("Assessed a recommendation"),
        "monitoring.begin_plan": _("Began a national plan"),
        "monitoring.publish_plan": _("Published a national plan"),
        "monitoring.add_measure": _("Added a measure"),
        "monitoring.add_answer": _("Said what a measure answers"),
        "monitoring.add_milestone": _("Added a milestone"),
        "monitoring.reach": _("Reached a milestone"),
        "monitoring.report_step": _("Reported progress on a measure"),
        "monitoring.finish": _("Finished a measure"),
    }
)
