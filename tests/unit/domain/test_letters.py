"""Every letter has a kind, a rule for doubt, and nothing in it that must not be said."""

from typing import get_args

from bot.domain.cases import Stage, Status
from bot.domain.forms import State
from bot.domain.labels import CRITICAL, LABELS, label
from bot.domain.letters import MAY_LOOP, ON_DOUBT, Content
from tests.builders import a_case, a_form


def test_every_letter_says_what_to_do_in_doubt():
    kinds = {content.__dataclass_fields__["kind"].default for content in get_args(Content)}
    assert kinds == set(ON_DOUBT)
    assert kinds >= MAY_LOOP


def test_every_critical_field_is_called_as_on_the_blank():
    assert set(LABELS) >= CRITICAL
    assert label("surname") == "Efternamn"
    assert label("something else") == "something else"


def test_a_field_prints_without_what_it_holds():
    form = a_form()
    assert "Öberg" not in repr(form.field("surname"))
    assert form.field("surname").value == "Öberg"


def test_a_field_that_the_form_lacks_reads_as_missing():
    assert a_form().field("shoe_size").state is State.MISSING
    assert a_form().text("card_order") is None


def test_every_stage_has_its_word_for_the_outside():
    found = {stage: a_case(stage=stage).status for stage in Stage}
    assert [s for s, status in found.items() if status is Status.OPEN] == [Stage.STAFF]
    assert {s for s, status in found.items() if status is Status.WAITING} == {
        Stage.ASKED, Stage.APPROVED, Stage.WAITS,
    }  # fmt: skip
    assert a_case().handle == "K-7"
