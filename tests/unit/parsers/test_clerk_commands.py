"""A clerk's mail as understood: the plain forms of each command."""

from datetime import date

import pytest

from bot.domain.cards import IdKind
from bot.domain.clerk_reply import Act, Command
from parsers.answers import clerk
from parsers.answers.fresh import Piece, fresh
from tests.clerk_letters import DIGEST, TODAY

PLAIN = {
    "K-17 klar": (Act.DONE, "K-17", {}),
    "17 klar": (Act.DONE, "K-17", {}),
    "K-18 återlämnat 12/11": (Act.RETURNED, "K-18", {"on": date(2026, 11, 12)}),
    "K-18 återlämnat igår": (Act.RETURNED, "K-18", {"on": date(2026, 11, 22)}),
    "K-18 återlämnat i fredags": (Act.RETURNED, "K-18", {"on": date(2026, 11, 20)}),
    "K-19 avslå fel enhet": (Act.REJECT, "K-19", {"text": "fel enhet"}),
    "K-20 fråga chefen om startdatum": (Act.ASK, "K-20", {"text": "startdatum"}),
    "K-21 efternamn Öberg": (Act.CORRECT, "K-21", {"fields": (("surname", "Öberg"),)}),
    "K-22 anteckning: ringde, ingen svarade": (
        Act.NOTE,
        "K-22",
        {"text": "ringde, ingen svarade"},
    ),
    "K-23 jag tar den": (Act.TAKE, "K-23", {}),
    "K-24 visa": (Act.SHOW, "K-24", {}),
    "K-25 beställt kort 1234 5678": (Act.ORDERED, "K-25", {"number": "12345678"}),
    "K-26 aktiverat": (Act.ACTIVATED, "K-26", {}),
    "K-27 utlämnat 1234 5678 körkort": (
        Act.HANDED_OUT,
        "K-27",
        {"number": "12345678", "id_kind": IdKind.DRIVING_LICENCE},
    ),
    "K-28 spärrat": (Act.BLOCKED, "K-28", {}),
    "K-29 avregistrerat": (Act.DEREGISTERED, "K-29", {}),
    "C-4 förlorat 12/11": (Act.LOST, "C-4", {"on": date(2026, 11, 12)}),
    "C-5 förläng till 12/12": (Act.EXTENDED, "C-5", {"until": date(2026, 12, 12)}),
    "K-30 polisanmälan 5000-K123456-26": (Act.POLICE, "K-30", {"text": "5000-K123456-26"}),
    "ÅNGRA": (Act.UNDO, "", {}),
    "ångra K-17": (Act.UNDO, "K-17", {}),
}


def asked(command):
    given = {
        name: getattr(command, name)
        for name in ("text", "on", "until", "number", "id_kind", "loa", "fields")
        if getattr(command, name)
    }
    return command.act, command.ref, given


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_is_understood(line):
    reply = clerk.read(line, [DIGEST], today=TODAY)
    assert [asked(c) for c in reply.commands] == [PLAIN[line]]
    assert not reply.unread
    assert not reply.doubt


def test_pieces_that_others_cut_are_understood_as_well():
    pieces = fresh("Hej!\nK-17 klar\nMvh Anna", [DIGEST])
    reply = clerk.understand(pieces, today=TODAY, shown=("K-17",))
    assert [asked(c) for c in reply.commands] == [(Act.DONE, "K-17", {})]


def test_an_answer_beneath_a_quoted_row_speaks_of_it():
    quoted = [f"> {line}".rstrip() for line in DIGEST.splitlines()]
    at = next(n for n, line in enumerate(quoted) if "Spärra det hos" in line)
    text = "\n".join([*quoted[: at + 1], "spärrat 22/11", *quoted[at + 1 :]])
    reply = clerk.read(text, [DIGEST], today=TODAY)
    assert [asked(c) for c in reply.commands] == [(Act.BLOCKED, "K-17", {"on": date(2026, 11, 22)})]


def test_a_piece_with_a_handle_needs_none_in_its_lines():
    reply = clerk.understand([Piece(("klar",), handle="K-17")], today=TODAY)
    assert [(c.act, c.ref) for c in reply.commands] == [(Act.DONE, "K-17")]


def test_a_command_keeps_the_clerk_s_own_words():
    reply = clerk.read("K-17   klar", [DIGEST], today=TODAY)
    assert reply.commands == (Command(Act.DONE, "K-17", "klar"),)
