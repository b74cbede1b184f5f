"""The demonstration's two rounds: replies at every stage, bound to real provisions, everything marked invented."""

import pytest
from django.db import transaction

from entraide.demo import world
from entraide.demo.people import acting_for, make_bodies_and_posts
from entraide.demo.questionnaires import make_questionnaires
from entraide.demo.world.questionnaire import questionnaire_form
from entraide.engines.forms import trouble
from entraide.features.questionnaires.models import Answer, Binding, Circulation, Question, Questionnaire, Reply
from entraide.features.treaties.loading import load_instruments
from entraide.kernel.access.context import acting_as
from tests.steward import as_steward


def test_the_questions_are_about_forty_in_both_languages_and_their_conditions_are_understood() -> None:
    form = questionnaire_form()
    questions = form.questions()
    keys = {question.key for question in questions}
    assert 35 <= len(questions) <= 45 == len(keys) + 7
    assert all({"en", "fr"} <= set(question.labels) and question.provisions for question in questions)
    assert not [question.key for question in questions if question.condition and trouble(question.condition, keys)]


@pytest.mark.django_db(transaction=True)
def test_two_rounds_have_replies_at_every_stage_and_say_that_they_are_invented() -> None:
    make_bodies_and_posts(using="default")
    load_instruments(using="default")
    with transaction.atomic():
        make_questionnaires()
    with transaction.atomic(), as_steward():
        assert set(Reply.objects.values_list("state", flat=True)) >= {"drafting", "cleared", "sent", "returned"}
        assert not Reply.objects.filter(invented=False).exists() and not Circulation.objects.filter(invented=False).exists()
        assert Questionnaire.objects.count() == 2 and Circulation.objects.exclude(previous=None).count() == 1
        assert Question.objects.filter(bindings=None).count() == 0 and Binding.objects.count() > 80
        assert Answer.objects.count() > 200
        assert set(Reply.objects.values_list("country", flat=True)) <= {state.code for state in world.states()}
    assert seen_by(world.MECHANISM, "secretariat") == 8, "what was sent"
    assert Reply.objects.count() == 4, "published: of States, of the round that is over"
    assert seen_by("coordination-xa", "focal_point") == 2 + 3, "its own of both rounds, and what others published"
    assert seen_by("interior-xa", "respondent") == 1 + 4, "in which it was given a part"
    assert seen_by("interior-xb", "respondent") == 4


def seen_by(body: str, function: str) -> int:
    email = next(post.email for post in world.policy_posts() if (post.body, post.function) == (body, function))
    with transaction.atomic():
        by = acting_for(email)
        with acting_as(by):
            return Reply.objects.count()
