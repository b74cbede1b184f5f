-- Invented rows for bench/monitoring.py: what is filled once, then what is filled for rounds :since to :until.

insert into texts_document (id, created_at, holder, published, slug, kind, titles, source, official_url, as_of, confirmed, summary_of)
select md5('d' || d)::uuid, now(), null, true, 'd' || d, 'treaty', '{"en": "Instrument"}', '', '', '', true, ''
from generate_series(0, 29) d;

insert into texts_provision (id, created_at, holder, published, document_id, eid)
select md5('p' || p)::uuid, now(), null, true, md5('d' || (p / 20))::uuid, 'art_' || p
from generate_series(0, 599) p;

insert into monitoring_mechanism (id, created_at, holder, audience, slug, names, about, body_id, kept_by, decided_by, document_id,
reviewers_are, reviewers, same_region, visits, comments_days, publicity, ngo_replies, ranking, reports_a_year, verbs, clusters, languages, invented)
select md5('m' || m)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], 'm' || m, '{"en": "Mechanism"}', '{}', '00000000-0000-0000-0000-000000000001', '{}', '{}', md5('d' || m)::uuid, 'experts', 2,
false, true, 60, 'public', true, false, 0, '[{"code": "urges", "names": {"en": "urges"}}]', '[]', '{en,fr}', true
from generate_series(0, 29) m;

-- by round

insert into monitoring_round (id, created_at, holder, audience, mechanism_id, number, names, opens_on, closes_on)
select md5('r' || r)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], md5('m' || (r % 30))::uuid, 1 + r / 30, '{"en": "Round"}',
date '2006-01-01' + r * 140, date '2006-01-01' + r * 140 + 900 from generate_series(:since, :until) r;

insert into monitoring_scope (id, created_at, holder, audience, round_id, provision_id, cluster, place)
select gen_random_uuid(), now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], md5('r' || r)::uuid, md5('p' || (r % 30 * 20 + a))::uuid, '', a
from generate_series(:since, :until) r, generate_series(0, 19) a;

insert into monitoring_evaluation (id, created_at, holder, audience, round_id, state, body_id, place, stage, published_at, invented)
select md5('e' || r || '-' || s)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], md5('r' || r)::uuid, chr(65 + (s / 26)::int) || chr(65 + s % 26), '00000000-0000-0000-0000-000000000001', s + 1, 'published', now(), true
from generate_series(:since, :until) r, generate_series(0, 199) s;

insert into monitoring_edition (id, created_at, holder, audience, open, evaluation_id, kind, titles, symbol, closed_at, published_at)
select md5('f' || r || '-' || s)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], false, md5('e' || r || '-' || s)::uuid, 'final', '{"en": "Report"}', '', now(), now()
from generate_series(:since, :until) r, generate_series(0, 199) s;

insert into monitoring_paragraph (id, created_at, holder, audience, open, edition_id, key, place, kind, level, texts, behind)
select md5('g' || r || '-' || s || '-' || a)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], false, md5('f' || r || '-' || s)::uuid, gen_random_uuid(), a + 1,
'recommendation', 1, '{"en": "to train the front line and to report on it within two years"}', '{}'
from generate_series(:since, :until) r, generate_series(0, 199) s, generate_series(0, 11) a;

insert into monitoring_finding (id, created_at, holder, audience, open, edition_id, key, paragraph_id, provision_id, result)
select md5('h' || r || '-' || s || '-' || a)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], false, md5('f' || r || '-' || s)::uuid, gen_random_uuid(),
md5('g' || r || '-' || s || '-' || a)::uuid, md5('p' || (r % 30 * 20 + a))::uuid, 'partly'
from generate_series(:since, :until) r, generate_series(0, 199) s, generate_series(0, 11) a;

insert into monitoring_recommendation (id, created_at, holder, audience, open, edition_id, key, paragraph_id, finding_id, provision_id,
state, verb, strength, themes, persons, targets)
select md5('i' || r || '-' || s || '-' || a)::uuid, now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], false, md5('f' || r || '-' || s)::uuid, gen_random_uuid(),
md5('g' || r || '-' || s || '-' || a)::uuid, md5('h' || r || '-' || s || '-' || a)::uuid,
md5('p' || (r % 30 * 20 + a))::uuid, chr(65 + (s / 26)::int) || chr(65 + s % 26), 'urges', 1, '{}', '{}', '{}'
from generate_series(:since, :until) r, generate_series(0, 199) s, generate_series(0, 11) a;

insert into questionnaires_questionnaire (id, created_at, holder, published, shape, code, titles, intros, languages, version, published_at,
doubts, extra, invented)
select md5('q' || r)::uuid, now(), '00000000-0000-0000-0000-000000000001', true, 'questionnaire', 'q' || r, '{"en": "Questions"}', '{}', '["en"]', 1, now(), '[]', '{}', true
from generate_series(:since, :until) r;

insert into questionnaires_question (id, created_at, holder, published, questionnaire_id, section_id, place, key, kind, labels, hints, options,
grid, condition, "constraint", constraint_texts, required, extra)
select md5('k' || r || '-' || n)::uuid, now(), '00000000-0000-0000-0000-000000000001', true, md5('q' || r)::uuid, md5('q' || r)::uuid, n, 'k' || n, 'long',
'{"en": "What was done?"}', '{}', '[]', '{}', '', '', '{}', false, '{}'
from generate_series(:since, :until) r, generate_series(0, 299) n;

insert into questionnaires_binding (id, created_at, holder, published, question_id, provision_id)
select gen_random_uuid(), now(), '00000000-0000-0000-0000-000000000001', true, md5('k' || r || '-' || n)::uuid, md5('p' || (r % 30 * 20 + n % 20))::uuid
from generate_series(:since, :until) r, generate_series(0, 299) n;

insert into questionnaires_circulation (id, created_at, holder, questionnaire_id, titles, names, opened_on, due, readers, invented)
select md5('c' || r)::uuid, now(), '00000000-0000-0000-0000-000000000001', md5('q' || r)::uuid, '{"en": "Round"}', '{}', current_date, current_date, '{}', true
from generate_series(:since, :until) r;

insert into monitoring_roundquestionnaire (id, created_at, holder, audience, round_id, circulation_id, questionnaire_id, titles, capacities, cluster, due)
select gen_random_uuid(), now(), '00000000-0000-0000-0000-000000000001'::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], md5('r' || r)::uuid, md5('c' || r)::uuid, md5('q' || r)::uuid,
'{"en": "Round"}', '{state}', '', current_date from generate_series(:since, :until) r;

insert into questionnaires_addressee (id, created_at, circulation_id, holder, readers, body_id, capacity, country, names, due)
select md5('a' || r || '-' || s)::uuid, now(), md5('c' || r)::uuid, '00000000-0000-0000-0000-000000000001', '{}', md5('b' || s)::uuid, 'state',
chr(65 + (s / 26)::int) || chr(65 + s % 26), '{"en": "Ministry"}', current_date from generate_series(:since, :until) r, generate_series(0, 199) s;

insert into questionnaires_reply (id, created_at, addressee_id, circulation_id, holder, circulator, readers, writers, capacity, country, names,
due, edition, state, may_publish, sent_at, cleared_at, return_note, invented)
select md5('y' || r || '-' || s)::uuid, now(), md5('a' || r || '-' || s)::uuid, md5('c' || r)::uuid, md5('b' || s)::uuid, '00000000-0000-0000-0000-000000000001',
array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], '{}', 'state', chr(65 + (s / 26)::int) || chr(65 + s % 26), '{"en": "Ministry"}', current_date, 1, 'sent', true, now(), now(), '', true
from generate_series(:since, :until) r, generate_series(0, 199) s;

insert into questionnaires_answer (id, created_at, holder, readers, writers, reply_id, question_id, instance, value, gap, version, written_at)
select gen_random_uuid(), now(), md5('b' || s)::uuid, array['e7e7e7e7-0000-4000-8000-000000000000']::uuid[], '{}', md5('y' || r || '-' || s)::uuid,
md5('k' || r || '-' || n)::uuid, 0, '"A procedure of 2024 names the police, prosecutors and two NGOs."', '', 1, now()
from generate_series(:since, :until) r, generate_series(0, 199) s, generate_series(0, 299) n;

-- chain

select 1, q.labels::text, qq.titles::text from questionnaires_binding b join questionnaires_question q on q.id = b.question_id
join questionnaires_questionnaire qq on qq.id = q.questionnaire_id where b.provision_id = %(p)s
union all select 2, a.value::text, y.names::text from questionnaires_binding b join questionnaires_answer a on a.question_id = b.question_id
join questionnaires_reply y on y.id = a.reply_id where b.provision_id = %(p)s and y.country = 'AA' and y.state in ('sent', 'returned')
union all select 3, g.texts::text, f.result from monitoring_evaluation e join monitoring_edition d on d.evaluation_id = e.id
join monitoring_finding f on f.edition_id = d.id join monitoring_paragraph g on g.id = f.paragraph_id where e.state = 'AA' and f.provision_id = %(p)s
union all select 4, g.texts::text, i.verb from monitoring_recommendation i join monitoring_paragraph g on g.id = i.paragraph_id
where i.state = 'AA' and i.provision_id = %(p)s;

-- matrix

select e.place, f.provision_id, f.result from monitoring_evaluation e join monitoring_edition d on d.evaluation_id = e.id
join monitoring_finding f on f.edition_id = d.id where e.round_id = %(r)s and d.kind = 'final';
