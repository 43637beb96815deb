"""For any bytes there is a reading; nothing that comes in raises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.forms import Content, DocumentReading, State
from tests.filled import an_order, fill_acroform, fill_flat
from tests.unit.parsers.forms.reader import read

ORDER = an_order(1)
FILES = (fill_flat(ORDER), fill_acroform(ORDER))


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_a_reading(raw, pdf):
    document = read(b"%PDF-1.7\n" + raw if pdf else raw)
    assert isinstance(document, DocumentReading)
    assert document.reason


@settings(deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_a_cut_off_file_is_never_read(content, data):
    length = data.draw(st.integers(0, len(content) - 12))
    document = read(content[:length])
    assert document.content in (Content.DAMAGED, Content.EMPTY)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(FILES), st.data())
def test_flipped_bytes_never_give_another_sure_person(content, data):
    raw = bytearray(content)
    for _n in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for form in read(bytes(raw)).forms:
        field = form.field("person_id")
        assert field.state is not State.SURE or field.value == ORDER["person_id"]
