"""Which spellings of a name meet, which do not, and that the order, case and encoding of a name never matter."""

import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.engines.identity import name_forms
from entraide.engines.identity.letters import words

SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyzàéîõüçñłøđåßœžčşșığ"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўңқ"
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίό"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئءپچژگکی\u064e\u064f\u0650\u0651\u0652"
    "กขคงจชซดตทนบปพมยรลวสหอะาิีุูเแโ่้์"
    "ກຂຄງຈຊດຕທນບປພມຍລວສຫະາິີຸູເແໂ່້"
    "កខគងចឆជដតទនបផពភមយរលវសហអាិីុូេំ្"
    "ကခဂငစဆဇညတထဒနပဖဗမယရလဝသဟအာိီုူေံ့း်"
    "अआइईउऊकखगघचजटडतदनपफबभमयरलवशसहािीुूेोंँ़्"
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
    "王李张小明伟芳김이박민수영희さくらケンジ"
)
one_name = st.text(alphabet=SCRIPTS, min_size=1, max_size=12)
full_name = st.lists(one_name, min_size=1, max_size=4)

# Common given names, put together at random as invented persons.
MUST_MEET = [
    (["Élodie", "Müller"], ["elodie", "MULLER"]),
    (["Müller", "Anna"], ["Anna", "Mueller"]),
    (["Jean-Luc", "Bernard"], ["Jean Luc", "Bernard"]),
    (["Jean-Luc", "Bernard"], ["Bernard", "Jeanluc"]),
    (["Mary Ann", "Grace"], ["Grace", "Maryann"]),
    (["Niamh", "O'Brien"], ["Niamh", "OBrien"]),
    (["Niamh", "O’Brien"], ["Niamh", "O´Brien"]),
    (["Anna", "Sofia", "Kovač"], ["Anna", "Kovac"]),
    (["Anna Sofia Kovac"], ["Anna", "Kovac"]),
    (["Ａｎｎａ", "Ｋｏｖａｃ"], ["Anna", "Kovac"]),
    (["\u202eAn\u200dna\u202c", "Ko\u00advac"], ["Anna", "Kovac"]),
    (["Ayşe", "Yıldız"], ["AYŞE", "YILDIZ"]),
    (["Ayşe", "Yıldız"], ["Ayse", "Yildiz"]),
    (["Łucja", "Ødegård"], ["Lucja", "Odegard"]),
    (["Nguyễn", "Thị", "Hương"], ["Huong", "Thi", "Nguyen"]),
    (["مُحَمَّد", "خالد"], ["محمد", "خالـــد"]),
    (["أحمد", "إبراهيم"], ["احمد", "ابراهيم"]),
    (["فاطمة", "آمنة"], ["فاطمه", "امنه"]),
    (["علی", "کریم"], ["علي", "كريم"]),
    (["عبد الله", "سالم"], ["عبدالله", "سالم"]),
    (["هناء", "موسى"], ["هنا", "موسي"]),
    (["Наталья", "Королёва"], ["Наталя", "Королева"]),
    (["Андрей", "Сергеев"], ["АНДРЕИ", "СЕРГЕЕВ"]),
    (["Oлeг", "Cepгeeв"], ["Олег", "Сергеев"]),
    (["СОКOЛOBA", "Ольга"], ["Соколова", "Ольга"]),
    (["Маriа", "Воsсh"], ["Maria", "Bosch"]),
    (["Дар'я", "Бойко"], ["Даря", "Бойко"]),
    (["ສົມ​ຊາຍ", "ແກ້ວ"], ["ສົມຊາຍ", "ເເກວ"]),
    (["สมชาย", "แก้ว"], ["สมชาย", "เเก้ว"]),
    (["သီတာ", "ဝင်း"], ["သီတာ", "၀င်း"]),
    (["王小明"], ["小明", "王"]),
    (["김", "영희"], ["김영희"]),
    (["ﻣﺤﻤﺪ", "كريم"], ["محمد", "كريم"]),
    (["ᲜᲘᲜᲝ", "ბერიძე"], ["ნინო", "ბერიძე"]),
]
MUST_MEET_ACROSS_SPELLINGS = [
    (["Mohammed", "Karim"], ["Muhammad", "Kareem"]),
    (["Mohammed", "Karim"], ["محمد", "كريم"]),
    (["Mohamed", "Karim"], ["Мухаммед", "Карим"]),
    (["Ahmed", "Yusuf"], ["Ahmet", "Yusuf"]),
    (["Youssef", "Ali"], ["علي", "يوسف"]),
    (["Ali", "Ibrahim"], ["Алі", "Ібрагім"]),
    (["Khadija", "Salem"], ["Khadidja", "Salim"]),
    (["Khadija", "Salem"], ["خديجة", "سالم"]),
    (["Fatimah", "Omar"], ["فاطمة", "عمر"]),
    (["Chérif", "Amina"], ["شريف", "أمينة"]),
    (["Tasnim", "Siham"], ["تسنيم", "سهام"]),
    (["Mamdouh", "Marwa"], ["ممدوح", "مروة"]),
    (["Abdul Rahman", "Nasser"], ["Abdurrahman", "Nasir"]),
    (["Abdelaziz", "Nasser"], ["عبد العزيز", "ناصر"]),
    (["Abdullah", "Nasser"], ["عبدالله", "ناصر"]),
    (["Al-Hassan", "Rashid"], ["الحسن", "رشيد"]),
    (["Ouafa", "Nabil"], ["Wafaa", "Nabeel"]),
    (["Hassan", "Timur"], ["Гасан", "Тимур"]),
    (["Natalia", "Kowalska"], ["Наталья", "Ковальска"]),
    (["Sergei", "Melnyk"], ["Сергій", "Мельник"]),
    (["Oksana", "Šarić"], ["Оксана", "Шарич"]),
    (["Yelena", "Petrova"], ["Елена", "Петрова"]),
    (["Giorgi", "Nino"], ["გიორგი", "ნინო"]),
    (["Giannis", "Eleni"], ["Γιάννης", "Ελένη"]),
    (["Somchai", "Kaew"], ["สมชาย", "แก้ว"]),
    (["Somchai", "Somying"], ["สมชาย", "สมหญิง"]),
    (["Somsi", "Bouna"], ["ສົມສີ", "ບຸນາ"]),
    (["Sokha", "Dara"], ["សុខា", "ដារា"]),
    (["Kamala", "Ram"], ["कमला", "राम"]),
    (["Wang", "Xiaoming"], ["王小明"]),
    (["Elizabeth", "Josef"], ["Elisabeth", "Joseph"]),
]
MUST_NOT_MEET = [
    (["Anna", "Kovac"], ["Anna", "Kovalenko"]),
    (["Anna", "Kovac"], ["Maria", "Kovac"]),
    (["Maria"], ["Amira"]),
    (["Salma", "Karim"], ["Khaled", "Karim"]),
    (["سلمى", "كريم"], ["خالد", "كريم"]),
    (["حسن", "علي"], ["حسين", "عمر"]),
    (["Ольга", "Бойко"], ["Олег", "Бойченко"]),
    (["สมชาย"], ["สมศักดิ์"]),
    (["कमला"], ["कविता"]),
    (["王小明"], ["王小红"]),
    (["Ali"], ["Ola"]),
    (["Li"], ["Lu"]),
    (["Anna", "Bernard", "Kovac"], ["Anna", "Bernard"]),
]


@pytest.mark.parametrize(("one", "other"), MUST_MEET + MUST_MEET_ACROSS_SPELLINGS)
def test_spellings_of_one_name_meet(one: list[str], other: list[str]) -> None:
    assert name_forms(one) & name_forms(other)


@pytest.mark.parametrize(("one", "other"), [pair for pair in MUST_MEET if pair[1][-1] != "Mueller"])
def test_ways_to_type_one_name_meet_without_the_skeleton(one: list[str], other: list[str]) -> None:
    assert {form for form in name_forms(one) & name_forms(other) if form[0] != "k"}


@pytest.mark.parametrize(("one", "other"), MUST_NOT_MEET)
def test_names_of_different_people_do_not_meet(one: list[str], other: list[str]) -> None:
    assert not name_forms(one) & name_forms(other)


@given(full_name)
def test_the_order_of_the_names_does_not_matter(parts: list[str]) -> None:
    forms = name_forms(parts)
    assert all(forms & name_forms(order) or not forms for order in permutations(parts))


@given(st.lists(one_name, min_size=2, max_size=2))
def test_family_name_first_has_the_very_same_forms(parts: list[str]) -> None:
    assert name_forms(parts) == name_forms(parts[::-1])


@given(full_name)
def test_composed_and_decomposed_letters_are_the_same(parts: list[str]) -> None:
    composed = [unicodedata.normalize("NFC", part) for part in parts]
    decomposed = [unicodedata.normalize("NFD", part) for part in parts]
    assert name_forms(composed) == name_forms(decomposed)


@given(full_name)
def test_upper_and_lower_case_are_the_same(parts: list[str]) -> None:
    assert name_forms([part.upper() for part in parts]) == name_forms([part.lower() for part in parts])


@given(one_name, one_name, st.sampled_from(["", " ", "-", "\u2010", ".", " - ", "\u00a0", "\u200b", "'", "\u2019", "\u202e", "\u200c"]))
def test_whatever_stands_between_two_names_does_not_matter(first: str, second: str, between: str) -> None:
    forms = name_forms([first, second])
    together = first + between + second
    # Written together, letters of two scripts or a mark at the seam may read as another word.
    assert not forms or unicodedata.category(second[0])[0] == "M" or _reads_differently(first, second) or forms & name_forms([together])


def _reads_differently(first: str, second: str) -> bool:
    return "".join(words(first + second)).lower() != "".join(words(first) + words(second)).lower()


@given(full_name, one_name)
def test_a_missing_middle_name_still_finds(parts: list[str], middle: str) -> None:
    if all(words(part) for part in (parts[0], parts[-1])) and len(parts) > 1:
        assert name_forms([parts[0], parts[-1]]) & name_forms([parts[0], middle, parts[-1]])


@given(st.text(max_size=40))
def test_reading_a_reading_changes_nothing(text: str) -> None:
    once = [word.lower() for word in words(text)]
    assert [word.lower() for word in words(" ".join(once))] == once or sum(map(len, once)) >= 100


@given(full_name)
def test_a_name_has_at_most_four_forms_in_plain_ascii(parts: list[str]) -> None:
    forms = name_forms(parts)
    assert len(forms) <= 4
    assert all(form.isascii() and form[0] in "srk" and "|" not in form for form in forms)


def test_names_that_share_their_consonants_meet_by_the_skeleton_only() -> None:
    assert name_forms(["عامر", "علي"]) & name_forms(["عمر", "علي"]) == {"k:ala amr"}


def test_no_letters_no_forms() -> None:
    assert name_forms([]) == name_forms(["", " ", "123", "🐍🐍", "\ud800", "\x00", "-"]) == frozenset()


@given(st.text(alphabet="ab", min_size=1, max_size=12) | st.text(alphabet="abcdefgh", min_size=1, max_size=12))
def test_the_ring_is_the_least_of_all_rotations(letters: str) -> None:
    rotations = (letters[place:] + letters[:place] for place in range(len(letters)))
    assert f"r:{min(rotations)}" in name_forms([letters])


def test_only_twenty_parts_count() -> None:
    assert name_forms(["Anna"] * 20 + ["Kovac"]) == name_forms(["Anna"] * 20)


def test_a_plain_string_is_one_part() -> None:
    assert name_forms("Anna Kovac") == name_forms(["Anna Kovac"])
