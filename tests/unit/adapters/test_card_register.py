"""The office's list of cards from CSV: Excel's ways are read, every fault is named, none shows a cell."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters import card_register
from bot.domain.card_import import CardRow
from bot.domain.cards import CardKind, Status
from tests.builders import ANNA, BO, TODAY, person

HEAD = "kind,number,person_id,status,loa,reasons,handed_out,due,expires,activated,name,mail,unit_id,received"
NUMBER = "9752269875000000123"
LENT = f"reserve,{NUMBER},{ANNA},handed_out,3,lost_card,2026-11-02,2027-02-02"


def read(*rows: str, head: str = HEAD):
    return card_register.cards("\n".join((head, *rows)).encode(), TODAY)


def named(faults) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in faults]


def only(*rows: str, head: str = HEAD) -> CardRow:
    (row,), faults = read(*rows, head=head)
    assert faults == ()
    return row


def test_a_loan_is_read_with_all_its_cells():
    row = only(LENT)
    assert (row.line, row.kind, row.status, row.number) == (
        2, CardKind.RESERVE, Status.HANDED_OUT, NUMBER,
    )  # fmt: skip
    assert (row.person, row.loa, row.reasons) == (person(), 3, ("lost_card",))
    assert (row.handed_out, row.due) == (date(2026, 11, 2), date(2027, 2, 2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_what_excel_saves_is_read_with_swedish_words(encoding, delimiter, first):
    head = (
        "Korttyp,KORTNUMMER,Personnummer,Läge,Tillitsnivå,Skäl,Utlämnat,Åter senast,Kortet går ut"
    )
    line = f"Reservkort,9752 2698 7500 0000 123,{ANNA[2:8]}-{ANNA[8:]},Utlämnat,LoA 3,Nyanställd,2/11 2026,46420,"
    text = f"{head}\r\n{line}\r\n".replace(",", delimiter)
    (row,), faults = card_register.cards(
        (first.format(delimiter) + text).encode(encoding), TODAY
    )  # fmt: skip
    assert faults == ()
    assert (row.kind, row.status, row.loa, row.reasons) == (
        CardKind.RESERVE, Status.HANDED_OUT, 3, ("new_employee",),
    )  # fmt: skip
    assert (row.number, row.person) == (NUMBER, person())
    assert (row.handed_out, row.due) == (date(2026, 11, 2), date(2027, 2, 2))


@pytest.mark.parametrize(
    "written",
    ["2026-11-02", "2/11 2026", "2026-11-02 00:00:00", "2026-11-02T00:00:00", "46328",
     "46328,0", "20261102", "2 november 2026", "2.11.2026", "2026/11/02"],
)  # fmt: skip
def test_a_day_is_read_however_excel_wrote_it(written):
    row = only(
        f"reserve;{NUMBER};{ANNA};handed_out;{written}",
        head="kind;number;person_id;status;handed_out",
    )
    assert row.handed_out == date(2026, 11, 2)


@pytest.mark.parametrize("written", ["03/04/2026", "2026-13-01", "nyss", "12345678", "99999"])
def test_a_day_that_can_mean_two_or_none_is_a_fault(written):
    rows, faults = read(
        f"reserve;{NUMBER};{ANNA};handed_out;{written}",
        head="kind;number;person_id;status;handed_out",
    )
    assert (rows, named(faults)) == ((), [(2, "handed_out")])
    assert written not in str(faults[0])


@pytest.mark.parametrize("cell", ["9,75228E+18", "9.75228E+18", "9,75E18", "9E+18"])
def test_a_number_that_excel_has_shortened_is_a_fault_that_says_what_to_do(cell):
    rows, faults = read(f'reserve;"{cell}";;lager', head="kind;number;person_id;status")
    assert (rows, named(faults)) == ((), [(2, "number")])
    assert "som text" in faults[0].text
    assert cell not in faults[0].text


def test_numbers_that_excel_has_rounded_are_named_but_one_that_ends_in_noughts_is_not():
    rows = [f"reserve,97522698750{n}50000,,lager" for n in ("0001", "0002")]
    head = "kind,number,person_id,status"
    rounded = [r.replace("50000", "0000") for r in rows]
    assert named(read(*rounded, head=head)[1]) == [(2, "number"), (3, "number")]
    assert read(*rounded, "reserve,9752269875000000123,,lager", head=head)[1] == ()


@pytest.mark.parametrize(
    "row",
    [
        "reserve,123456,,,",
        "reservkort,123456,,lager,",
        ",123456,,Blankt,",
        "reserve,123456,,blank,",
    ],
)
def test_a_card_that_is_nobodys_is_a_blank_of_the_drawer(row):
    blank = only(f"{row}1/10 2026", head="kind,number,person_id,status,received")
    assert (blank.status, blank.kind, blank.received) == (None, CardKind.RESERVE, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("word", "kind", "status"),
    [
        ("aktiverat", "e-tjänstekort", Status.ACTIVATED),
        ("I BRUK", "SITHS", Status.ACTIVATED),
        ("spärrat", "reservkort", Status.BLOCKED),
        ("återlämnat", "Reserv", Status.RETURNED),
        ("avregistrerat", "ordinarie", Status.DEREGISTERED),
        ("försenat", "reservkort", Status.OVERDUE),
        ("to_return", "ordinary", Status.TO_RETURN),
    ],
)
def test_the_offices_own_words_for_a_cards_life_are_known(word, kind, status):
    head = "slag,nummer,personnummer,läge"
    assert only(f"{kind},123456,{ANNA},{word}", head=head).status is status


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"kind": "passerkort"}, "kind"), ({"kind": ""}, "kind"),
        ({"status": "borta"}, "status"), ({"status": ""}, "status"),
        ({"status": "aktiverat"}, "status"), ({"kind": "ordinary"}, "status"),
        ({"status": "lager"}, "status"), ({"loa": "4"}, "loa"), ({"reasons": "slarv"}, "reasons"),
        ({"due": "2026-11-01"}, "due"), ({"status": "overdue"}, "due"),
        ({"handed_out": "2026-11-24"}, "handed_out"), ({"person_id": ANNA[:-1] + "0"}, "person_id"),
        ({"person_id": ""}, "person_id"), ({"number": "12"}, "number"),
        ({"number": "", "status": "återlämnat"}, "number"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_named_by_line_and_column(changes, column):
    cells = dict(zip(HEAD.split(",")[:8], LENT.split(","), strict=True)) | changes
    rows, faults = read(",".join(cells.values()), head=",".join(cells))
    assert rows == ()
    assert column in [f.column for f in faults]
    shown = " ".join(map(str, faults))
    assert ANNA not in shown
    assert NUMBER not in shown


def test_somebody_without_a_number_is_named_by_name_and_only_a_reserve_card_is_his():
    head = "kind,number,status,due,name,mail,unit_id"
    row = only("reserve,123456,utlämnat,2026-12-01,Jan Novák,JAN@a.example,V102", head=head)
    assert (row.person, row.name, row.mail, row.unit_id) == (
        None,
        "Jan Novák",
        "jan@a.example",
        "V102",
    )
    _, faults = read("ordinary,123456,aktiverat,,Jan Novák,,V102", head=head)
    assert named(faults) == [(2, "person_id")]


def test_a_number_may_be_missing_only_where_the_person_tells_the_card():
    assert only(LENT.replace(NUMBER, "")).number == ""
    assert only(f"ordinary,,{ANNA},ordered").number == ""
    head = "kind,number,status,name"
    assert named(read("reserve,,utlämnat,Jan Novák", head=head)[1]) == [(2, "number")]


def test_a_number_that_two_living_cards_bear_is_named_with_both_lines():
    other = LENT.replace(ANNA, BO)
    over = other.replace("handed_out", "deregistered").replace(",2027-02-02", ",")
    assert [str(f) for f in read(LENT, "", other)[1]] == ["rad 4, number: står redan på rad 2"]
    assert [str(f) for f in read(LENT, f"reserve,{NUMBER},,lager,,,,")[1]] == [
        "rad 3, number: står redan på rad 2"
    ]
    assert read(LENT, over)[1] == ()


def test_two_reserve_cards_with_one_person_are_named_but_an_older_one_that_is_back_is_not():
    other = LENT.replace(NUMBER, "123456")
    assert named(read(LENT, other)[1]) == [(3, "person_id")]
    assert read(LENT, other.replace("handed_out", "returned"))[1] == ()
    assert read(LENT, f"ordinary,123456,{ANNA},activated")[1] == ()


def test_every_fault_of_every_row_is_told_in_the_files_order():
    _, faults = read(LENT, "reserve,1,,handed_out,9,,x,", LENT)
    assert named(faults) == [
        (3, "number"), (3, "loa"), (3, "handed_out"), (4, "number"), (4, "person_id"),
    ]  # fmt: skip


def test_a_column_that_is_not_known_is_named():
    assert named(read(head="kind,number,anteckning")[1]) == [(1, "anteckning")]
    assert named(read("x", head="kind,status")[1]) == [(1, "number")]


@pytest.mark.parametrize("cell", [f"'{NUMBER}", f'"=""{NUMBER}"""', "9752-2698-7500-0000-123"])
def test_the_signs_that_keep_a_number_as_text_are_taken_away(cell):
    assert only(f"reserve,{cell},,lager", head="kind,number,person_id,status").number == NUMBER


def test_the_fingerprint_tells_a_changed_row_and_does_not_hang_on_the_line():
    first, moved, other = (
        only(LENT), only("", LENT), only(LENT.replace("2027-02-02", "2027-01-29")),
    )  # fmt: skip
    assert first.fingerprint == moved.fingerprint != other.fingerprint
