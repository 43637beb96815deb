"""Whoever stands in a letter's header: it goes to those in the parcel, and to nobody else."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.utils import getaddresses

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.graph.letters import addressed, key, taken_apart
from bot.adapters.graph.names import Message
from bot.ports.outgoing import Parcel

PEOPLE = st.sampled_from([f"{name}@office.example" for name in ("anna", "bo", "cia", "dan", "Eva")])
NAMES = st.sampled_from(["", "Anna A ", '"Öberg, Bo" ', "=?utf-8?q?=C3=96?= "])
FIELDS = st.sampled_from(["To", "Cc", "Bcc", "TO", "cC", "Resent-To", "Resent-Bcc"])
REACHING = ("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc")
LISTS = st.lists(st.tuples(NAMES, PEOPLE), max_size=4)
BODY = b"Hej!\r\n\r\nTo: nobody@office.example\r\n"


def raw_of(fields) -> bytes:
    lines = ["Subject: Blankett", "X-EKbot-Kind: applied"]
    for name, people in fields:
        written = ",\r\n ".join(f"{shown}<{address}>" for shown, address in people)
        lines.insert(1, f"{name}: {written or 'undisclosed-recipients:;'}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + BODY


def reached(raw: bytes) -> set[str]:
    read = message_from_bytes(raw, policy=policy.compat32)
    values = [str(v) for name in REACHING for v in read.get_all(name, [])]
    return {key(address) for _, address in getaddresses(values) if address}


@given(st.lists(st.tuples(FIELDS, LISTS), max_size=4), st.lists(PEOPLE, min_size=1, max_size=4))
def test_a_letter_reaches_exactly_those_in_its_parcel(fields, recipients):
    raw = raw_of(fields)
    made = addressed(raw, recipients)
    assert reached(made) == {key(r) for r in recipients}
    assert b"resent-" not in made.lower()
    assert made.partition(b"\r\n\r\n")[2] == BODY
    assert b"Subject: Blankett\r\n" in made
    assert b"X-EKbot-Kind: applied\r\n" in made
    assert addressed(made, recipients) == made


@given(st.lists(st.tuples(FIELDS, LISTS), max_size=4), st.lists(PEOPLE, min_size=1, max_size=4))
def test_a_draft_reaches_exactly_those_in_its_parcel(fields, recipients):
    parcel = Parcel("ek@office.example", tuple(recipients), "<1@office.example>", raw_of(fields))
    message = taken_apart(parcel, recipients).message
    found = [
        key(entry["emailAddress"]["address"])
        for name in (Message.TO, Message.CC, Message.BCC)
        for entry in message.get(name, ())
    ]
    assert sorted(found) == sorted({key(r) for r in recipients})
