"""What pages of a large round cost beside the bare SQL of the same rows: 500 questions × many replies."""

import sys
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import psycopg

from bench.ground import Table, database

QUESTIONS, SIZES = 500, (50, 400)


def main() -> None:
    """Fills a database of its own and prints a table: milliseconds of whole pages, and of the bare SQL of the rows they show."""
    with database("entraide_bench_questionnaires") as (admin, _urls):
        _Bench(admin).run([int(given) for given in sys.argv[1:]] or SIZES)


class _Bench:
    """One circulation that grows; its secretariat reads."""

    def __init__(self, admin: psycopg.Connection) -> None:
        from django.test import Client

        self.admin, self.client = admin, Client()
        self.ids: dict[str, UUID] = {name: uuid4() for name in ("body", "account", "post", "form", "section", "round", "before")}
        self.questions = [uuid4() for _each in range(QUESTIONS)]

    def run(self, sizes: Sequence[int]) -> None:
        """Each size, each page."""
        self._begin()
        self.table = Table("pages", "answers", "queries")
        done = 0
        for size in sizes:
            self._replies(done, size)
            done = size
            self._measure(size * QUESTIONS)

    def _sql(self, statement: str, values: Sequence[object] = ()) -> None:
        self.admin.execute(statement, values)

    def _begin(self) -> None:
        from entraide.kernel.access.principals import circle

        i = self.ids
        self.circle = circle(i["body"], "secretariat")
        self._sql(
            "insert into bodies_body (id, created_at, slug, names, acronym, form, level, kind, side, country, place, languages, services,"
            " source, as_of, confirmed, invented) values (%s, now(), %s, '{\"en\":\"Bench\"}', '', 'treaty_body', 'regional', 'monitoring',"
            " 'assistance', '', '', '[]', '[]', '', '', true, true)", [i["body"], str(i["body"])],
        )  # fmt: skip
        self._sql(
            "insert into accounts_account (id, password, email, name, language, is_active, created_at)"
            " values (%s, '!', %s, 'Bench', 'en', true, now())", [i["account"], f"{i['account']}@bench.invalid"],
        )  # fmt: skip
        self._sql(
            "insert into accounts_post (id, created_at, body_id, function, account_id, circle, holder_name, since)"
            " values (%s, now(), %s, 'secretariat', %s, %s, 'Bench', current_date - 9)",
            [i["post"], i["body"], i["account"], self.circle],
        )  # fmt: skip
        self._form()

    def _form(self) -> None:
        i = self.ids
        self._sql(
            "insert into questionnaires_questionnaire (id, created_at, holder, published, shape, code, titles, intros, languages, version,"
            " published_at, doubts, extra, invented) values (%s, now(), %s, true, 'questionnaire', 'bench', '{\"en\":\"Bench\"}', '{}',"
            " '[\"en\"]', 1, now(), '[]', '{}', true)", [i["form"], i["body"]],
        )  # fmt: skip
        self._sql(
            "insert into questionnaires_section (id, created_at, holder, published, questionnaire_id, place, key, titles, intros,"
            " condition, repeats, extra) select gen_random_uuid(), now(), %s, true, %s, n * 100, 's' || n, '{\"en\":\"Part\"}', '{}', '',"
            " false, '{}' from generate_series(1, 20) n", [i["body"], i["form"]],
        )  # fmt: skip
        self._sql(
            "insert into questionnaires_question (id, created_at, holder, published, questionnaire_id, section_id, place, key, kind,"
            " labels, hints, options, grid, condition, constraint_texts, \"constraint\", required, extra)"
            " select u.id, now(), %s, true, %s, s.id, s.place + u.n, 'q' || u.n, 'text', '{\"en\":\"What does the law say?\"}', '{}', '[]',"
            " '{}', '', '{}', '', false, '{}' from unnest(%s::uuid[]) with ordinality u(id, n) join questionnaires_section s on"
            " s.questionnaire_id = %s and s.key = 's' || ((u.n - 1) / 25 + 1)", [i["body"], i["form"], self.questions, i["form"]],
        )  # fmt: skip
        self._sql(
            "insert into questionnaires_circulation (id, created_at, holder, questionnaire_id, titles, names, opened_on, due, readers,"
            " invented) values (%s, now(), %s, %s, '{\"en\":\"Bench\"}', '{\"en\":\"Bench\"}', current_date, current_date, %s, true)",
            [i["round"], i["body"], i["form"], [self.circle]],
        )  # fmt: skip

    def _replies(self, since: int, until: int) -> None:
        i = self.ids
        self._sql(
            "with b as (insert into bodies_body (id, created_at, slug, names, acronym, form, level, kind, side, country, place, languages,"
            " services, source, as_of, confirmed, invented) select gen_random_uuid(), now(), %s || n, '{\"en\":\"NGO\"}', '', 'ngo',"
            " 'national', 'assistance', 'assistance', '', '', '[]', '[]', '', '', true, true from generate_series(%s::int, %s::int) n"
            " returning id), a as (insert into questionnaires_addressee (id, created_at, circulation_id, holder, readers, body_id,"
            " capacity, country, names, due) select gen_random_uuid(), now(), %s, %s, %s, b.id, 'ngo', '', '{\"en\":\"NGO\"}',"
            " current_date from b"
            " returning id, body_id, due) insert into questionnaires_reply (id, created_at, addressee_id, circulation_id, holder,"
            " circulator, readers, writers, capacity, country, names, due, edition, state, may_publish,"
            " cleared_at, sent_at, return_note, invented)"
            " select gen_random_uuid(), now(), a.id, %s, a.body_id, %s, %s, '{}', 'ngo', '', '{\"en\":\"NGO\"}', a.due, 1, 'sent', false,"
            " now(), now(), '', true from a",
            [f"bench-{i['body']}-", since + 1, until, i["round"], i["body"], [self.circle], i["round"], i["body"], [self.circle]],
        )  # fmt: skip
        self._sql(
            "insert into questionnaires_answer (id, created_at, reply_id, holder, readers, writers, question_id, instance, value, gap,"
            " version, written_at) select gen_random_uuid(), now(), r.id, r.holder, r.readers, r.writers, q.id, 0,"
            " to_jsonb('Act ' || q.key), '', 1, now() from questionnaires_reply r cross join questionnaires_question q where"
            " r.circulation_id = %s and"
            " q.questionnaire_id = %s and not exists (select from questionnaires_answer x where x.reply_id = r.id)",
            [i["round"], i["form"]],
        )  # fmt: skip
        self._sql("analyze")

    def _measure(self, answers: int) -> None:
        from django.urls import reverse

        from entraide.kernel.accounts.models import Account

        self.client.force_login(Account.objects.get(pk=self.ids["account"]))
        place = self.ids["round"]
        reply = self.admin.execute("select id from questionnaires_reply where circulation_id = %s limit 1", [place]).fetchall()[0][0]
        one = "select * from questionnaires_answer where reply_id = %s"
        some = (
            "select a.* from questionnaires_answer a join questionnaires_question q on q.id = a.question_id where a.reply_id in"
            " (select id from questionnaires_reply where circulation_id = %s limit 20) and q.key in (select 'q' || generate_series(1, 25))"
        )
        for what, address, bare, values in (
            ("one reply, its task list", reverse("questionnaires:reply", args=[reply]), one, [reply]),
            ("20 replies side by side", reverse("questionnaires:beside", args=[place]), some, [place]),
            ("who answered, who is late", reverse("questionnaires:circulation", args=[place]),
             "select * from questionnaires_addressee where circulation_id = %s", [place]),
        ):  # fmt: skip
            count = self._queries(address)
            self.table.line(
                what, answers,
                lambda address=address: self.client.get(address),  # type: ignore[misc]  # bound now
                lambda bare=bare, values=values: self.admin.execute(bare, values).fetchall(),  # type: ignore[misc]  # bound now
                count,
            )  # fmt: skip

    def _queries(self, address: str) -> int:
        """How many statements the page sends."""
        from django.db import connection

        sent: list[str] = []

        def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
            sent.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            assert self.client.get(address).status_code == 200
        return len(sent)


if __name__ == "__main__":
    main()
