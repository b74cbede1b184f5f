"""Known forms, pinned: if one of these moves, stored tokens no longer meet; raise FORMS_VERSION and compute them anew."""

import pytest

from entraide.engines.identity import FORMS_VERSION, document_form, email_form, name_forms, phone_form, token

PINNED_NAMES = [
    (("Anna", "Sofia", "Kovač"), ["k:ana kvk", "r:acannakov", "r:acannasofiakov", "s:annakovacsofia"]),
    (("محمد", "الحسن"), ["k:alhsn mhmt", "r:alhsnmhmd", "s:alhsnmhmd"]),
    (("Наталья", "Шевченко"), ["k:ntl svsnk", "r:alyashevchenkonat", "s:natalyashevchenko"]),
    (("สมชาย", "แก้ว"), ["k:kv sms", "r:aewsmchayk", "s:kaewsmchay"]),
    (("ສົມສີ", "ແກ້ວ"), ["k:kv sms", "r:evsomsik", "s:kevsomsi"]),
    (("សុខា", "ដារា"), ["k:dr sh", "r:adarasokh", "s:darasokha"]),
    (("သီတာ", "ဝင်း"), ["k:st vn", "r:avnsit", "s:sitavn"]),
    (("王小明",), ["k:smn vn", "r:angxiaomingw", "s:wangxiaoming"]),
    (("कमला", "राम"), ["k:kml rm", "r:amkmlar", "s:kmlaram"]),
    (("გიორგი", "ნინო"), ["k:hrh na", "r:gininogior", "s:giorginino"]),
    (("김영희",), ["k:anh hm", "r:eonghuigimy", "s:gimyeonghui"]),
    (("Γιάννης", "Ελένη"), ["k:aln hns", "r:anniselenigi", "s:elenigiannis"]),
    (("አበበ", "ሕይወት"), ["k:apa hvt", "r:abebehywet", "s:abebehywet"]),
    (("דוד", "עמית"), ["k:amt dvt", "r:amytdvd", "s:amytdvd"]),
]


@pytest.mark.parametrize(("parts", "forms"), PINNED_NAMES)
def test_the_forms_of_version_1_have_not_moved(parts: tuple[str, ...], forms: list[str]) -> None:
    assert FORMS_VERSION == 1
    assert sorted(name_forms(parts)) == forms


def test_the_forms_of_values_have_not_moved() -> None:
    assert phone_form("081 234 5678", "TH") == "+66812345678"
    assert phone_form("020 55 123 456", "LA") == "+8562055123456"
    assert phone_form("011 15-2345-6789", "AR") == "+5491123456789"
    assert document_form("II-ЖК № 123456", "ua") == "UA:IIЖK123456"
    assert email_form("Anna@Straße.example") == "anna@strasse.example"


def test_a_token_has_not_moved() -> None:
    assert token(bytes(range(32)), "name", "s:annakovac").hex() == "77f8ffba5eec1763540be4a3eb527c3f"
