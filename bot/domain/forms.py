"""What was read from a form: values with their certainty. Decides nothing about orders."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Value = str | bool | tuple[str, ...] | None


class State(StrEnum):
    """How sure a field's value is."""

    SURE = "sure"
    UNSURE = "unsure"  # something stands there, the value is at best a proposal
    MISSING = "missing"  # the field itself was not found on the page
    EMPTY = "empty"  # the field was found and nothing stands in it


class How(StrEnum):
    """By which reader a value came."""

    ACROFORM = "acroform"
    TEXT = "text"
    SCAN = "scan"
    CODE = "code"
    REPLY = "reply"  # the manager said so in a reply to our question
    STAFF = "staff"  # a clerk looked at the picture and corrected it


class Signed(StrEnum):
    """Whether the form is signed: ink in the box, a valid PDF signature, nothing, or doubt."""

    INK = "ink"
    DIGITAL = "digital"
    NONE = "none"
    UNSURE = "unsure"


class Verdict(StrEnum):
    """What may be done with a form."""

    ACCEPT = "accept"
    ASK = "ask"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page in mm from its upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, repr=False)
class FieldReading:
    """One field: the normalised value, how sure, and where it stands. May hold personal data."""

    key: str
    value: Value
    state: State
    how: How
    confidence: float = 1.0
    page: int = 1
    box: Box | None = None
    problem: str | None = None  # a code of bot.domain.problems when the reader found fault

    def __repr__(self) -> str:
        return f"FieldReading({self.key}, {self.state})"


@dataclass(frozen=True, slots=True, repr=False)
class Crop:
    """The picture of one field as somebody filled it in: PNG, upright, nothing of its neighbours.

    Never of the identity number; *key* ``signed`` is the box to sign in.
    """

    key: str
    png: bytes


@dataclass(frozen=True, slots=True)
class FormReading:
    """One form found in a file: pages (from 1), fields in the definition's order, signature."""

    form: str
    version: str | None
    pages: tuple[int, ...]
    fields: tuple[FieldReading, ...]
    signed: Signed
    missing_anchors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    crops: tuple[Crop, ...] = ()  # of what may be asked about; kept beside the case, not in it

    def field(self, key: str) -> FieldReading:
        """Return the reading of *key*; a key that the form lacks reads as missing."""
        for reading in self.fields:
            if reading.key == key:
                return reading
        return FieldReading(key, None, State.MISSING, How.TEXT, 0.0)

    def value(self, key: str) -> Value:
        """Return the value of *key*, sure or not."""
        return self.field(key).value

    def text(self, key: str) -> str | None:
        """Return the value of *key* when it is text, else None."""
        value = self.value(key)
        return value if isinstance(value, str) and value else None


@dataclass(frozen=True, slots=True)
class ReceiptReading:
    """A receipt of a loan found on a page (S12): what its printed mark says, whether it is signed.

    *mark* is "" where the page surely is a receipt but its mark can't be read. *crop* is the PNG of
    the box to sign in, upright; *picture* one of the whole page where the mark can't be read.
    """

    mark: str
    page: int
    signed: Signed
    crop: bytes = b""
    picture: bytes = b""


class Content(StrEnum):
    """What a file turned out to be."""

    FORMS = "forms"  # at least one form was read
    RECEIPTS = "receipts"  # no form, at least one receipt
    SCAN = "scan"  # pictures of pages only: a person, or the scan reader, must look
    OTHER = "other"  # readable, but no form of ours (invoice, letter, blank page)
    EMPTY = "empty"  # 0 bytes
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"  # too many pages, bytes or pixels
    HOSTILE = "hostile"  # a program, JavaScript with embedded files, a bomb
    UNSUPPORTED = "unsupported"  # .docx, .zip and the like: asks for a PDF instead
    CRASHED = "crashed"  # the reading process died or ran out of time or memory


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one file gave; ``preview`` is a PNG of the first page that needs a person's eyes."""

    name: str
    sha256: str
    media: str
    content: Content
    reason: str = ""
    forms: tuple[FormReading, ...] = ()
    scans: tuple[int, ...] = ()
    preview: bytes | None = None
    receipts: tuple[ReceiptReading, ...] = ()
    original: bytes = b""  # the whole file, where it holds a receipt: it is archived
