"""The invented world of the demonstration: bodies, posts, persons, and the words shown to them. Nobody in it exists."""

from entraide.demo.world.bodies import Body, Post, SignIn, Vetted, bodies, posts
from entraide.demo.world.people import DAY, persons
from entraide.demo.world.person import Person, SafeContact, Trafficking, Values
from entraide.demo.world.states import MECHANISM, State, policy_bodies, policy_posts, sign_ins, states
from entraide.demo.world.words import LISTS, AgreementText, Label, Track, agreement_texts, labels, tracks

__all__ = [
    "DAY",
    "LISTS",
    "MECHANISM",
    "AgreementText",
    "Body",
    "Label",
    "Person",
    "Post",
    "SafeContact",
    "SignIn",
    "State",
    "Track",
    "Trafficking",
    "Values",
    "Vetted",
    "agreement_texts",
    "bodies",
    "labels",
    "persons",
    "policy_bodies",
    "policy_posts",
    "posts",
    "sign_ins",
    "states",
    "tracks",
]
