"""What is said about each kind of problem: code → English sentence with %(name)s parameters.

Plain strings, marked so that Django's `makemessages` collects them; a page shows `gettext(SENTENCES[code]) % params`.
"""


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation without translating it."""
    return message


SENTENCES: dict[str, str] = {
    # The file
    "file_empty": gettext_noop("The file is empty."),
    "file_too_large": gettext_noop("The file is larger than %(limit)s MB. Split it into smaller files."),
    "file_encrypted": gettext_noop("The file is protected by a password. Save it without the password and try again."),
    "file_old_excel": gettext_noop("This is an old Excel file (.xls). Open it and save it as .xlsx or as CSV UTF-8."),
    "file_open_document": gettext_noop("This is an OpenDocument spreadsheet (.ods). Open it and save it as .xlsx or as CSV UTF-8."),
    "file_binary_excel": gettext_noop("This is a binary Excel file (.xlsb). Open it and save it as .xlsx or as CSV UTF-8."),
    "file_not_spreadsheet": gettext_noop("This is not a spreadsheet. Choose a .csv or .xlsx file."),
    "file_broken": gettext_noop("The workbook is damaged and cannot be opened. Open it in a spreadsheet program and save it again."),
    "file_bomb": gettext_noop("The workbook unpacks to far more than a case file ever needs, so it was not opened."),
    "file_utf16_unmarked": gettext_noop("The text looks like UTF-16 without its mark. Save the file as CSV UTF-8."),
    "file_not_utf8": gettext_noop(
        "The text is not UTF-8: byte %(byte)s, in line %(line)s, cannot be read. Save the file as “CSV UTF-8” and try again."
    ),
    "no_headings": gettext_noop(
        "No row of headings with HTCDS field names was found. The first row must name the fields, such as %(example)s."
    ),
    "no_rows": gettext_noop("The file has headings but no cases."),
    "too_many_rows": gettext_noop(
        "The file has more than %(limit)s rows. Nothing after row %(last)s was read. Split it into smaller files."
    ),
    "too_many_columns": gettext_noop("The file has more than %(limit)s columns."),
    "csv_broken": gettext_noop(
        "From this row on the file cannot be read: a quotation mark is in the wrong place or is never closed. "
        'Inside quotation marks, write "" for a quotation mark.'
    ),
    "csv_cell_endless": gettext_noop(
        "From this row on the file cannot be read: a cell never ends. Look for a quotation mark that is never closed."
    ),
    "more_problems": gettext_noop("%(count)s more problems are not listed. Put right those above first."),
    # The headings
    "column_unknown": gettext_noop("This column is not a field of HTCDS. Did you mean %(nearest)s?"),
    "column_unknown_no_idea": gettext_noop(
        "This column is not a field of HTCDS. Rename it, remove it, or choose to ignore unknown columns."
    ),
    "column_choice_unknown": gettext_noop("This column is not one of the values of %(field)s."),
    "column_twice": gettext_noop("Columns %(first)s and %(second)s are both %(field)s. Keep one."),
    "column_unnamed": gettext_noop("This column has values but no heading."),
    "cells_beyond_headings": gettext_noop(
        "This row has more cells than there are headings. A value that holds the delimiter must stand in quotation marks."
    ),
    # The rows
    "case_empty": gettext_noop("This row has no name, no case number and nothing about trafficking, so it describes no case."),
    "row_twice": gettext_noop("This row says the same as row %(first)s. Remove one, or give both a case number."),
    "source_twice": gettext_noop("This row has the same case number as row %(first)s."),
    # Any cell
    "too_long": gettext_noop("This cell has %(length)s characters; at most %(limit)s can be taken."),
    "control_character": gettext_noop("This cell holds the hidden character %(character)s. Remove it or type the value again."),
    "direction_control": gettext_noop(
        "This cell holds %(character)s, a hidden character that changes the direction of writing and can make a text look like another. "
        "Type the value again."
    ),
    "letter_lost": gettext_noop("This cell holds U+FFFD: a letter was lost when the file was converted. Type the value again."),
    "line_break": gettext_noop("This cell holds a line break. Write it on one line."),
    "formula": gettext_noop("This cell is a formula, or begins with “=” like one. Write the value itself."),
    "cell_error": gettext_noop("This cell shows an error of the spreadsheet. Write the value itself."),
    "date_in_text": gettext_noop("The spreadsheet turned this cell into a date. Format it as text and type it again."),
    "number_rounded": gettext_noop("Spreadsheets round numbers of more than 15 digits. Format the cell as text and type it again."),
    # Dates
    "date_not_iso": gettext_noop("Write the date as year-month-day, such as 1999-05-31."),
    "date_ambiguous": gettext_noop("Day and month can be mistaken for each other. Write the date as year-month-day, such as 1999-05-31."),
    "date_year_only": gettext_noop("A whole date is needed, such as 1999-05-31. Leave the cell empty if only the year is known."),
    "date_with_time": gettext_noop("Write the date without the time, such as 1999-05-31."),
    "date_serial": gettext_noop("This is a spreadsheet’s day number, not a date. Write the date as year-month-day, such as 1999-05-31."),
    "date_impossible": gettext_noop("This day is not in the calendar."),
    "date_before_1900": gettext_noop("Dates before 1900 are not taken. Check the year."),
    "date_future": gettext_noop("This date lies in the future."),
    "date_too_far": gettext_noop("This date lies too far in the future. Check the year."),
    # Other types
    "number_not_whole": gettext_noop("Write a whole number in figures, such as 3."),
    "number_range": gettext_noop("Write a number from 0 to %(maximum)s."),
    "checkbox": gettext_noop("Write TRUE or FALSE."),
    "choice_column": gettext_noop("Write 1 where this applies and 0 where it does not."),
    "choices_disagree": gettext_noop("This cell says something else than the columns for its single values."),
    "not_in_list": gettext_noop("This is not in the list of values. Write one of: %(choices)s."),
    "multiselect_not_in_list": gettext_noop(
        "Value number %(place)s is not in the list. Put a semicolon between values. Write any of: %(choices)s."
    ),
    "country": gettext_noop("Write the country as the two letters of ISO 3166, such as NG."),
    "countries": gettext_noop("Value number %(place)s is not a country. Write two letters of ISO 3166 each, such as NG;FR."),
    "language": gettext_noop("Write the language as the two or three letters of ISO 639, such as fr or tir."),
    "phone": gettext_noop("Write the number with its country code and at most 15 digits, such as +15550100."),
    "email": gettext_noop("This is not an email address. Write one such as name@example.org."),
    "decimal_comma": gettext_noop("Write the decimals after a point, not a comma, such as 6.3350."),
    "coordinate": gettext_noop("Write degrees as a decimal number, such as 6.3350."),
    "latitude": gettext_noop("A latitude lies between -90 and 90."),
    "longitude": gettext_noop("A longitude lies between -180 and 180."),
    "source_too_long": gettext_noop("A case number has at most %(limit)s characters."),
}
