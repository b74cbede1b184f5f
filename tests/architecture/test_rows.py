"""Every table is protected by row policies or stands on the list of those that are not, with its reason."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from entraide.features.monitoring.policies import PARTS, ROOTS, SHARED
from entraide.kernel.access.models import Child, Protected

pytestmark = pytest.mark.django_db

UNPROTECTED = {
    "accounts_account": "signing in looks people up before anybody acts; reached only through posts",
    "account_emailaddress": "signing in",
    "account_emailconfirmation": "signing in",
    "mfa_authenticator": "the second factor is checked before anybody acts",
    "django_session": "read before anybody acts; holds the id of the chosen post",
    "django_content_type": "Django's own, no data of ours",
    "auth_permission": "Django's own, empty of ours",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "django_migrations": "Django's own",
    "cache_entry": "rate limits of signing in",
    "audit_unsealed": "web may only add to it; the sealer's functions read it",
    "audit_auditseal": "web has no right on it: only the sealer's functions",
    "procrastinate_jobs": "jobs carry identifiers, never content",
    "procrastinate_events": "see jobs",
    "procrastinate_periodic_defers": "see jobs",
    "procrastinate_workers": "see jobs",
}
OWN_POLICY = {
    "bodies_body": "public facts; read by whoever signed in",
    "bodies_body_parents": "as above",
    "bodies_seat": "as above",
    "bodies_vetting": "as above",
    "accounts_post": "own posts and colleagues",
    "api_token": "own tokens, and those of one's body for its data protection post",
    "audit_auditentry": "written by all, read by the data protection post of the holder",
    "cases_agreementtext": "public wording",
    "texts_document": "published texts are for everybody, drafts for the body that keeps them",
    "texts_version": "as above",
    "texts_provision": "as above",
    "texts_wording": "as above",
    "texts_heading": "as above",
    "treaties_instrument": "public facts",
    "treaties_act": "public facts, and what bodies of a State record about it",
    "treaties_authority": "public; written by the body that records it",
    "treaties_law": "as above",
    "treaties_step": "as above",
    "treaties_evidence": "as above",
    "questionnaires_questionnaire": "published questionnaires are for everybody, drafts for the body that writes them",
    "questionnaires_section": "as above",
    "questionnaires_question": "as above",
    "questionnaires_binding": "as above",
    "questionnaires_circulation": "that a questionnaire was sent round is for whoever signed in; who was asked is not",
    "questionnaires_addressee": "the circulating body and the body asked",
    "questionnaires_reply": "whoever stands among its readers: no side, a reply of a State is written by ministries of both",
    "questionnaires_answer": "carried from the reply",
    "questionnaires_past": "as above",
    "questionnaires_instance": "as above",
    "questionnaires_assignment": "as above",
    "questionnaires_attachment": "as above",
    "questionnaires_withdrawal": "that a published reply was withdrawn and when, for everybody; nothing of what it said",
    "figures_table": "read by the readers of the body that holds it, written by its analysts",
    "figures_cell": "as above",
    "figures_estimate": "as above",
    "figures_release": "published releases are for everybody, others for the readers of the body that prepares them",
    "figures_figure": "as above",
    "figures_review": "read by the readers of the body, written once by whoever reviews",
    **{f"monitoring_{name}": "audience, or everybody where it is public" for name in (*SHARED, *ROOTS, *PARTS)},
}


def tables() -> dict[str, tuple[bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity, relforcerowsecurity from pg_class "
            "where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        return {name: (on, forced) for name, on, forced in cursor.fetchall()}


def protected() -> Iterator[type[Protected]]:
    for model in apps.get_models():
        if issubclass(model, Protected):
            yield model


def test_every_table_is_protected_or_says_why_not() -> None:
    open_tables = {name for name, (on, forced) in tables().items() if not (on and forced)}
    assert open_tables == set(UNPROTECTED)


def test_protected_models_have_forced_policies_that_read_only_their_own_row() -> None:
    found = tables()
    names = {model._meta.db_table for model in protected()}
    assert names and all(found[name] == (True, True) for name in names)
    with connection.cursor() as cursor:
        cursor.execute("select tablename, coalesce(qual, '') || coalesce(with_check, '') from pg_policies")
        for table, expression in cursor.fetchall():
            assert " from " not in expression.lower().replace("( select app.", ""), f"{table}: {expression}"
            if table not in OWN_POLICY:
                assert "audience &&" in expression and "side)" in expression, table


def test_a_foreign_key_to_a_protected_table_carries_its_audience() -> None:
    roots = set(protected())
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model in roots:
                assert issubclass(model, Protected), f"{model.__name__}.{field.name} points into protected rows from outside"
                assert f"{field.column}, holder, side, audience" in keys_of(model), f"{model.__name__}.{field.name} is not carried"


def keys_of(model: type[models.Model]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and contype = 'f'", [model._meta.db_table]
        )
        definitions = [row[0] for row in cursor.fetchall()]
    assert all("ON UPDATE CASCADE" in text for text in definitions if "audience" in text)
    return "\n".join(definitions)


def test_children_say_from_which_parent_they_carry() -> None:
    for model in protected():
        if issubclass(model, Child):
            assert model.carried_from and isinstance(model._meta.get_field(model.carried_from), models.ForeignKey)


def test_everything_belongs_to_the_owner_and_web_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner "
            "where c.relnamespace = 'public'::regnamespace and r.rolname not like %s and c.relkind in ('r', 'v', 'm', 'S')",
            ["%\\_owner"],
        )
        assert cursor.fetchall() == []
        cursor.execute("select count(*) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')")
        assert cursor.fetchone() == (0,), "views owned by anyone bypass policies: none are wanted"
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_definer_functions_are_few_and_belong_to_the_steward() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.proname, r.rolname, p.proconfig::text from pg_proc p join pg_roles r on r.oid = p.proowner "
            "join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('app', 'public')"
        )
        rows = cursor.fetchall()
    assert {name for name, _role, _config in rows} == {
        "seal_audit", "verify_audit", "audit_tail", "posts_of", "reachable_bodies", "addresses_of", "overdue_referrals", "answering_bodies",
        "token_of", "tell_of_questionnaires",
    }  # fmt: skip
    assert all(role.endswith("_steward") and "search_path=pg_catalog" in config for _name, role, config in rows)
