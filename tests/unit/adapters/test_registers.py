"""Registers from CSV: what spreadsheets write is read, every fault is named, none shows a number."""

from datetime import date
from pathlib import Path

import pytest

from bot.adapters import registers
from bot.adapters.managers.csv import CsvManagers, Settings
from bot.domain.authority import ManagerEntry
from bot.domain.records import Entry
from bot.ports.errors import NeedsOperatorError
from tests.builders import ANNA, BO, MARIA, MARIA_MAIL, PER_MAIL, TODAY, UNIT, UNIT_ID, person

MANAGERS = ",".join(registers.MANAGER_COLUMNS)
PERSONS = ",".join(registers.PERSON_COLUMNS)
MARIAS_ROW = f"{MARIA},{MARIA_MAIL},{UNIT_ID},{UNIT},2024-01-01,,{PER_MAIL},2026-07-01,2026-08-15,"
ANNAS_ROW = f"{ANNA},Anna,,Öberg,Undersköterska,{UNIT_ID},anna@jarfalla.example,0701740635,2026-03-01,2027-03-01,,nej"


def managers(*rows: str, head: str = MANAGERS):
    return registers.managers("\n".join((head, *rows)).encode())


def persons(*rows: str, head: str = PERSONS):
    return registers.persons("\n".join((head, *rows)).encode(), TODAY)


def named(faults) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in faults]


MARIAS_ENTRY = ManagerEntry(
    MARIA, MARIA_MAIL, UNIT_ID, UNIT, date(2024, 1, 1), None, PER_MAIL, date(2026, 7, 1),
    date(2026, 8, 15), None,
)  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(encoding, delimiter, newline):
    text = newline.join((MANAGERS, MARIAS_ROW, "")).replace(",", delimiter)
    assert registers.managers(text.encode(encoding)) == ((MARIAS_ENTRY,), ())


def test_quoted_cells_keep_their_commas_and_columns_may_stand_in_any_order():
    rows = managers(
        f'1001,"Hemtjänsten, Norr",{MARIA_MAIL},"Lind ""Mia"""', head="unit_id,unit,mail,name"
    )
    ((row,), faults) = rows
    assert (row.unit, row.name, faults) == ("Hemtjänsten, Norr", 'Lind "Mia"', ())


def test_a_person_is_read_with_all_cells():
    (row,), faults = persons(ANNAS_ROW)
    assert faults == ()
    assert row == Entry(
        person(), "Öberg", "Anna", None, "Undersköterska", UNIT_ID, None, "anna@jarfalla.example",
        "0701740635", date(2026, 3, 1), date(2027, 3, 1), None, protected=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "protected"),
    [("ja", True), ("JA", True), ("true", True), ("1", True), ("nej", False), ("", False)],
)
def test_the_flag_for_protected_persons_is_read(word, protected):
    (row,), _ = persons(ANNAS_ROW.removesuffix("nej") + word)
    assert row.protected is protected


def test_an_unclear_flag_for_protected_persons_is_a_fault_never_a_no():
    rows, faults = persons(ANNAS_ROW.removesuffix("nej") + "kanske")
    assert (rows, named(faults)) == ((), [(2, "protected")])


def test_every_fault_of_every_row_is_named_with_its_line():
    _, faults = managers(
        ",inte en adress,,,2026-13-01,,,,,",
        "",
        MARIAS_ROW,
        f"{MARIA},,{UNIT_ID},{UNIT},2026-01-02,2026-01-01,x,2026-02-02,2026-02-01,y",
        MARIAS_ROW + ",,",
    )
    assert named(faults) == [
        (2, "name"), (2, "unit_id"), (2, "unit"), (2, "mail"), (2, "valid_from"),
        (5, "mail"), (5, "valid_to"), (5, "deputy_to"), (5, "deputy_mail"), (5, "superior_mail"),
        (6, "raden"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        (f"{ANNA[:-1]}0", "person_id"),
        ("", "person_id"),
        ("anna", "person_id"),
    ],
)
def test_a_number_that_cannot_be_is_named_by_its_line_only(cell, column):
    _, faults = persons(ANNAS_ROW.replace(ANNA, cell))
    assert (2, column) in named(faults)
    assert not any(cell and cell in str(fault) for fault in faults)


def test_the_same_person_twice_is_named_with_both_lines():
    other = ANNAS_ROW.replace(ANNA, BO)
    _, faults = persons(ANNAS_ROW, "", "x" * 5, other, ANNAS_ROW)
    twice = [str(f) for f in faults if "redan" in f.text]
    assert twice == ["rad 6, person_id: står redan på rad 2"]


def test_an_hsa_id_that_two_persons_share_is_a_fault():
    with_id = ANNAS_ROW.replace(",,nej", ",SE2321000016-AB12,nej")
    _, faults = persons(with_id, with_id.replace(ANNA, BO))
    assert named(faults) == [(3, "hsa_id")]


def test_the_same_manager_row_twice_is_a_fault_but_two_units_are_not():
    _, faults = managers(MARIAS_ROW, MARIAS_ROW.replace(UNIT_ID, "1002"), MARIAS_ROW)
    assert [str(f) for f in faults] == ["rad 4, raden: står redan på rad 2"]


def test_an_unknown_or_missing_or_doubled_column_is_named():
    _, faults = managers(head="name,mail,unit_id,avdelning,name")
    assert named(faults) == [(1, "avdelning"), (1, "name"), (1, "unit")]


def test_a_file_without_a_heading_shows_nobody_in_its_faults():
    _, faults = registers.persons(ANNAS_ROW.encode(), TODAY)
    assert faults
    assert not any(ANNA[2:8] in str(f) or "0701740635" in str(f) for f in faults)


@pytest.mark.parametrize("content", [b"", b'name,"mail\n', b"\0\1\2", b"\xff\xfe\x00"])
def test_what_is_no_csv_is_one_fault(content):
    rows, faults = registers.managers(content)
    assert rows == ()
    assert faults


@pytest.mark.parametrize("cell", ["å" * 201, "a\x07b"])
def test_cells_that_no_name_has_are_faults(cell):
    _, faults = managers(MARIAS_ROW.replace(MARIA, cell))
    assert named(faults) == [(2, "name")]


class TestTheFileOfManagers:
    """The register as the office keeps it."""

    @pytest.fixture
    def file(self, tmp_path) -> Path:
        path = tmp_path / "chefer.csv"
        path.write_text(f"{MANAGERS}\n{MARIAS_ROW}\n", encoding="utf-8")
        return path

    def source(self, path: Path) -> CsvManagers:
        return CsvManagers(Settings(kind="csv", path=path))

    def test_it_is_read_whole(self, file):
        assert self.source(file).read() == (MARIAS_ENTRY,)

    def test_its_fingerprint_changes_with_its_content_only(self, file):
        source = self.source(file)
        before = source.fingerprint()
        file.touch()
        assert source.fingerprint() == before
        file.write_text(f"{MANAGERS}\n", encoding="utf-8")
        assert source.fingerprint() != before

    def test_a_fault_names_the_row_and_says_that_the_old_register_holds(self, file):
        file.write_text(f"{MANAGERS}\n" + ",,,,,,,,,x\n" * 30, encoding="utf-8")
        with pytest.raises(NeedsOperatorError, match="det gamla registret gäller") as caught:
            self.source(file).read()
        assert "rad 2, name: saknas" in caught.value.advice
        assert "till" in caught.value.advice.splitlines()[-1]

    def test_a_file_that_is_not_there_is_told_with_its_path(self, tmp_path):
        for ask in (self.source(tmp_path / "x.csv").read, self.source(tmp_path).fingerprint):
            with pytest.raises(NeedsOperatorError, match="Kontrollera"):
                ask()
