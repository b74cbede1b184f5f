"""The front door of questionnaires: its verbs, whichever file they stand in."""

from entraide.features.questionnaires.answering import (
    allow_publication,
    assign,
    begin,
    clear,
    end_assignment,
    finish,
    hand_on,
    reopen,
    send,
)
from entraide.features.questionnaires.authoring import (
    add_question,
    add_section,
    change,
    create,
    move,
    next_version,
    publish,
    remove,
    revise,
    throw_away,
    use_block,
)
from entraide.features.questionnaires.circulating import (
    add_addressees,
    admit,
    circulate,
    extend,
    give_back,
    publish_reply,
    remind,
)
from entraide.features.questionnaires.saving import Given, add_instance, decide, remove_instance, save
from entraide.features.questionnaires.withdrawing import withdraw_reply, withdraw_unallowed

__all__ = [
    "Given", "add_addressees", "add_instance", "add_question", "add_section", "admit", "allow_publication", "assign", "begin",
    "change", "circulate", "clear", "create", "decide", "end_assignment", "extend", "finish", "give_back", "hand_on", "move",
    "next_version", "publish", "publish_reply", "remind", "remove", "remove_instance", "reopen", "revise", "save", "send",
    "throw_away", "use_block", "withdraw_reply", "withdraw_unallowed",
]  # fmt: skip
