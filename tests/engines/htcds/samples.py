"""Makes the demo's survey export and its damaged file; every person in them is invented. `python -m tests.engines.htcds.samples`"""

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from entraide.engines.htcds.writer import settled

FILES = Path(__file__).parents[3] / "entraide" / "demo" / "files"
TODAY = date(2026, 1, 15)


_DAMAGED_HEAD = (
    "CaseNumber,prs_FirstName,prs_SecondName,prs_Birthdate,prs_Gender,prs_Citizenship,prs_PrimaryLanguage,prs_MobilePhone,prs_Email,"
    "prs_NumberOfChildren,vic_TraffickingStatus,vic_AgeWhenTrafficked,vic_MethodsOfControl,vic_TypeOfExploitation,cas_Status,"
    "cas_IncomingReferralDate,hte_Country,hte_Latitude,hte_Longitude,hte_Date,prs_Fristname,con_Consent"
)
_COLUMNS = _DAMAGED_HEAD.split(",")
_SOUND = {"prs_SecondName": "Exemple", "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "con_Consent": "TRUE"}

# What is wrong in each row: the cells, then (column, code) as the reader must name them. Row 2 is the first case.
DAMAGE: tuple[tuple[dict[str, str], tuple[tuple[str, str], ...]], ...] = (
    ({"prs_FirstName": "Ada", "prs_Birthdate": "03/04/1998"}, (("D", "date_ambiguous"),)),
    ({"prs_FirstName": "Boro", "prs_Birthdate": "31.12.1998"}, (("D", "date_not_iso"),)),
    ({"prs_FirstName": "Celia", "prs_Birthdate": "2001-02-30"}, (("D", "date_impossible"),)),
    ({"prs_FirstName": "Dario", "prs_Birthdate": "1899-12-31"}, (("D", "date_before_1900"),)),
    ({"prs_FirstName": "Edo", "prs_Birthdate": "2199-01-01"}, (("D", "date_future"),)),
    ({"prs_FirstName": "Fatu", "prs_Birthdate": "36526"}, (("D", "date_serial"),)),
    ({"prs_FirstName": "Gul", "prs_Birthdate": "1997"}, (("D", "date_year_only"),)),
    ({"prs_FirstName": "Hana", "cas_IncomingReferralDate": "2025-03-01T10:00:00"}, (("P", "date_with_time"),)),
    ({"prs_FirstName": "Ivo", "prs_Gender": "Femnine"}, (("E", "not_in_list"),)),
    ({"prs_FirstName": "Jana", "prs_Citizenship": "NG;XX"}, (("F", "countries"),)),
    ({"prs_FirstName": "Kofi", "prs_PrimaryLanguage": "Klingonese"}, (("G", "language"),)),
    ({"prs_FirstName": "Lila", "prs_MobilePhone": "06 39 98 01 02"}, (("H", "phone"),)),
    ({"prs_FirstName": "Mato", "prs_Email": "mato at example.org"}, (("I", "email"),)),
    ({"prs_FirstName": "Nour", "prs_NumberOfChildren": "two"}, (("J", "number_not_whole"),)),
    ({"prs_FirstName": "Olu", "vic_AgeWhenTrafficked": "217"}, (("L", "number_range"),)),
    ({"prs_FirstName": "Pia", "vic_MethodsOfControl": "DebtBondage;Blackmale"}, (("M", "multiselect_not_in_list"),)),
    ({"prs_FirstName": "Qadir", "hte_Country": "Atlantis"}, (("Q", "country"),)),
    ({"prs_FirstName": "Rosa", "hte_Latitude": "48,8566", "hte_Longitude": "192.5"}, (("R", "decimal_comma"), ("S", "longitude"))),
    ({"prs_FirstName": "Said\u202e", "con_Consent": "perhaps"}, (("B", "direction_control"), ("V", "checkbox"))),
    ({"prs_FirstName": "T\x00om"}, (("B", "control_character"),)),
    ({"prs_FirstName": "Ulla\nMaria"}, (("B", "line_break"),)),
    ({"prs_FirstName": '=HYPERLINK("http://example.org")'}, (("B", "formula"),)),
    ({"prs_FirstName": "Val\ufffdrie"}, (("B", "letter_lost"),)),
    ({"prs_FirstName": "W" * 10_001}, (("B", "too_long"),)),
    ({"CaseNumber": "DM-01", "prs_FirstName": "Ada"}, (("A", "source_twice"),)),
    ({"CaseNumber": "", "prs_SecondName": "", "vic_TraffickingStatus": "", "cas_Status": "Active"}, (("", "case_empty"),)),
    ({"prs_FirstName": "Xenia", "prs_Fristname": "Xenia"}, ()),
)
DAMAGED_HEADINGS = ((1, "U", "column_unknown"),)


def damaged() -> bytes:
    """One row for each kind of damage; a blank line in between, which is no damage."""
    lines = [_DAMAGED_HEAD]
    for number, (cells, _) in enumerate(DAMAGE, start=1):
        row = _SOUND | {"CaseNumber": f"DM-{number:02}"} | cells
        lines.append(",".join(_quoted(row.get(column, "")) for column in _COLUMNS))
        if number == 3:
            lines.append("," * (len(_COLUMNS) - 1))
    return ("\r\n".join(lines) + "\r\n").encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text


def expected_damage() -> set[tuple[int, str, str]]:
    """(row, column, code) of everything that is wrong in the damaged file."""
    expected = set(DAMAGED_HEADINGS)
    for number, (_, problems) in enumerate(DAMAGE, start=1):
        row = number + 1 + (number > 3)
        expected |= {(row, column, code) for column, code in problems}
    return expected


# fmt: off
_KOBO_HEAD = (
    "start", "end", "consent/con_Consent", "person/prs_Salutation", "person/prs_First_Name", "person/prs_Second_Name",
    "person/prs_Birthdate", "person/prs_Gender", "person/prs_Nationality", "person/prs_MobilePhone", "person/vic_AgeWhenTrafficked",
    "vic_MethodOfRecruitment", "vic_Methods_of_Control", "vic_Methods_of_Control/DebtBondage",
    "vic_Methods_of_Control/MethodsOfControlThreats", "vic_Methods_of_Control/RestrictsMovement", "vic_TypeOfExploitation",
    "vic_DetailsOfVulnerabilities", "cas_Status", "__version__", "_id", "_uuid", "_submission_time", "_validation_status", "_index",
)
# fmt: on
_NAMELESS = ("", "", "", None)
# fmt: off
_SCREENED: tuple[tuple[object, ...], ...] = (
    ("Ms", "Adaeze", "Eze", date(2002, 4, 17), "Female", "NG", "+33 6 39 98 02 01", 20, "PublicArea", "DebtBondage Threats",
     "SexualExploitation", ""),
    ("Mr", "Tariq", "Rahimi", date(2006, 9, 1), "Male", "AF", "", 17, "Unknown", "RestrictsMovement", "ForcedLabour IllicitActivities", ""),
    ("", "Сергій", "Бондар", date(1981, 1, 30), "Male", "UA", "+33639980203", 43, "Work", "", "ForcedLabour", "Lost his papers in transit"),
    ("", "Mariama", "Diallo", date(2009, 12, 12), "Female", "GN", "", 14, "Shelter Other", "DebtBondage Threats RestrictsMovement",
     "ForcedBegging", "Sleeps badly.\nAfraid of uniforms."),
    (*_NAMELESS, "Unknown", "", "", None, "Unknown", "", "Other", "Left before the end of the interview"),
    ("", "Phan Thị", "Hoa", date(1998, 6, 6), "Female", "VN", "", 25, "InternetSocialMediaOnlineAdvertisement", "DebtBondage",
     "SexualExploitation", ""),
    ("", "Deniz", "Kaya", date(1990, 8, 23), "Transgender/NonConforming", "TR", "", 31, "EducationalFacility", "Threats", "Other", ""),
    ("", "ليلى", "بن يوسف", date(1987, 2, 14), "Female", "TN", "+33 6 39 98 02 08", 36, "Work", "RestrictsMovement", "Surrogacy", ""),
)
# fmt: on


def kobo() -> bytes:
    """A survey tool's export: its own columns, groups before names, blanks between codes, and a column per method of control as well."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "HTCDS screening"
    sheet.append(_KOBO_HEAD)
    for number, case in enumerate(_SCREENED, start=1):
        control = str(case[9]).split()
        ticks: list[int | None] = [None, None, None]
        if control:
            ticks = [int(name in control) for name in ("DebtBondage", "Threats", "RestrictsMovement")]
        moment = f"2025-05-{number + 10:02}T09:{number:02}:00.000+02:00"
        own = (f"2f0c{number:04}-1111-4222-8333-{number:012}", moment[:19], "", number)
        cells = (moment, moment, "TRUE", *case[:10], *ticks, *case[10:], "Active", "vInvented1", 880_000 + number, *own)
        sheet.append([None if cell == "" else cell for cell in cells])
    stream = BytesIO()
    book.save(stream)
    return settled(stream.getvalue())


def make() -> None:
    """Write both files to the demo's folder."""
    (FILES / "htcds-kobo-screening.xlsx").write_bytes(kobo())
    (FILES / "htcds-damaged.csv").write_bytes(damaged())


if __name__ == "__main__":
    make()
