"""Domain values as JSON text and back; contents as compressed bytes. Touches no table.

What a mail said may hold half a surrogate pair, which no UTF-8 can: it is kept as a question mark.
An identity number stands as its 12 digits inside the object (``{"_digits": "…"}``), not masked:
this is the memory itself.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic_core import PydanticSerializationError

from bot.domain.cards import Card
from bot.domain.cases import Case
from bot.domain.effects import Effect
from bot.domain.events import Event
from bot.domain.forms import FormReading
from bot.domain.records import Record
from bot.domain.reviews import Campaign, Review
from bot.domain.values import CampaignId, CardId, CaseId, ReviewId

_CASE: TypeAdapter[Case] = TypeAdapter(Case)
_READING: TypeAdapter[FormReading] = TypeAdapter(FormReading)
_CARD: TypeAdapter[Card] = TypeAdapter(Card)
_REVIEW: TypeAdapter[Review] = TypeAdapter(Review)
_CAMPAIGN: TypeAdapter[Campaign] = TypeAdapter(Campaign)
_RECORD: TypeAdapter[Record] = TypeAdapter(Record)
_EFFECT: TypeAdapter[Effect] = TypeAdapter(Annotated[Effect, Field(discriminator="kind")])
_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
_KEPT = 256  # documents whose value is remembered: what is decided on is looked up many times over
_FAST = 1  # zlib's level: most of a mail is compressed already


def dump_case(case: Case) -> tuple[str, bytes | None]:
    """Return the case without its form, and the form's reading compressed (None: it has none)."""
    reading = None
    if case.reading is not None:
        reading = zlib.compress(dump_bytes(_READING, case.reading), _FAST)
    return dump_bytes(_CASE, case, leave_out={"reading"}).decode(), reading


def load_case(
    doc: str,
    *,
    number: int,
    version: int,
    opened: datetime,
    closed: datetime | None,
    reading: bytes | None,
) -> Case:
    """Return the case; number, version and instants are the columns', not the document's."""
    form = _READING.validate_json(zlib.decompress(reading)) if reading is not None else None
    return replace(
        _plain_case(doc),
        id=CaseId(number),
        version=version,
        opened=opened,
        closed=closed,
        reading=form,
    )


@lru_cache(_KEPT)
def _plain_case(doc: str) -> Case:
    return _CASE.validate_json(doc)


def dump_record(record: Record) -> str:
    """Return the record as JSON."""
    return dump_bytes(_RECORD, record).decode()


def load_record(doc: str) -> Record:
    """Return the record that *doc* holds."""
    return _RECORD.validate_json(doc)


def dump_card(card: Card) -> str:
    """Return the card as JSON."""
    return dump_bytes(_CARD, card).decode()


def load_card(doc: str, *, number: int, version: int) -> Card:
    """Return the card that *doc* holds; id and version are the columns'."""
    return replace(_CARD.validate_json(doc), id=CardId(number), version=version)


def dump_review(review: Review) -> str:
    """Return the review as JSON."""
    return dump_bytes(_REVIEW, review).decode()


def load_review(doc: str, *, number: int, version: int) -> Review:
    """Return the review that *doc* holds; id and version are the columns'."""
    return replace(_REVIEW.validate_json(doc), id=ReviewId(number), version=version)


def dump_campaign(campaign: Campaign) -> str:
    """Return the campaign as JSON."""
    return dump_bytes(_CAMPAIGN, campaign).decode()


def load_campaign(doc: str, *, number: int, version: int) -> Campaign:
    """Return the campaign that *doc* holds; id and version are the columns'."""
    return replace(_CAMPAIGN.validate_json(doc), id=CampaignId(number), version=version)


def dump_effect(effect: Effect) -> str:
    """Return the effect as JSON."""
    return dump_bytes(_EFFECT, effect).decode()


@lru_cache(_KEPT)
def load_effect(doc: str) -> Effect:
    """Return the effect that *doc* holds."""
    return _EFFECT.validate_json(doc)


def dump_event(event: Event) -> str:
    """Return the event as JSON."""
    return dump_bytes(_EVENT, event).decode()


def load_event(doc: str) -> Event:
    """Return the event that *doc* holds."""
    return _EVENT.validate_json(doc)


def pack(content: bytes) -> tuple[str, bytes]:
    """Return the codec's name and the content, compressed where that gains anything."""
    packed = zlib.compress(content, _FAST)
    return ("zlib", packed) if len(packed) < len(content) else ("raw", content)


def unpack(codec: str, content: bytes) -> bytes:
    """Return what ``pack`` was given.

    Raises:
        ValueError: the stored bytes are damaged.
    """
    if codec == "raw":
        return content
    try:
        return zlib.decompress(content)
    except zlib.error:
        raise ValueError("the stored bytes are damaged") from None


def dump_bytes(
    adapter: TypeAdapter[Any], value: object, leave_out: set[str] | None = None
) -> bytes:
    """Return *value* as JSON; what no UTF-8 can hold becomes a question mark."""
    try:
        return adapter.dump_json(value, exclude=leave_out)
    except PydanticSerializationError:
        plain = adapter.dump_python(value, mode="json", exclude=leave_out)
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")
