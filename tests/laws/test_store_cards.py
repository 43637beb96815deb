"""The laws of cards in the memory: a number has one bearer, a person one reserve card at a time."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cards import LENT, OVER, CardKind, Climbed, Status
from bot.domain.records import Status as RecordStatus
from bot.domain.values import CardId, CaseId, PersonId
from bot.ports.errors import ConflictError
from tests.builders import ANNA, BO, TODAY, a_record, days, person
from tests.card_builders import ANNA_MAIL, NUMBER, OTHER_NUMBER, a_card, a_holder, a_loan
from tests.laws.databases import new_case

BO_HOLDER = a_holder(name="Bo Ek", person=person(BO), mail="bo.ek@jarfalla.example", record=None)
FIRST = (date(1900, 1, 1), CardId(0))


def new(card):
    return replace(card, id=CardId(0), version=0)


def a_new_loan(**values):
    return new(a_loan(**{"case": None, "mark": "", **values}))


def a_new_card(**values):
    return new(a_card(**values))


def save(store, card):
    with store.begin() as work:
        return work.cards.save(card)


def test_a_card_comes_back_with_all_that_it_holds(store):
    with store.begin() as work:
        case = work.cases.save(new_case())
        saved = work.cards.save(
            new(
                a_loan(
                    case=case.id, expires=TODAY + days(400), paused=TODAY, wish=TODAY + days(9),
                    rungs=(Climbed("reserve", "-14", TODAY, TODAY + days(14)),), letters=1,
                    extensions=1, police="5000-K1-26", why="Prov: å", next_on=TODAY + days(3),
                )
            )
        )  # fmt: skip
    assert (saved.id, saved.version) == (1, 1)
    with store.begin() as work:
        assert work.cards.get(saved.id) == saved
        assert work.cards.list() == (saved,)
        assert work.cards.get(CardId(99)) is None


def test_saving_again_replaces_and_counts_the_version(store):
    card = save(store, a_new_loan())
    again = save(store, replace(card, status=Status.RETURNED, returned=TODAY))
    assert (again.id, again.version) == (card.id, 2)
    with store.begin() as work:
        assert work.cards.list() == (again,)


def test_a_card_saved_by_another_hand_meanwhile_is_a_conflict(store):
    card = save(store, a_new_loan())
    save(store, replace(card, letters=1))
    with pytest.raises(ConflictError), store.begin() as work:
        work.cards.save(replace(card, letters=9))
    with pytest.raises(ConflictError), store.begin() as work:
        work.cards.save(replace(card, id=CardId(99)))
    with store.begin() as work:
        assert work.cards.get(card.id).letters == 1


@pytest.mark.parametrize("status", Status)
def test_a_number_has_one_bearer_until_its_card_is_back(store, status):
    ordinary = status in (Status.ACTIVATED, Status.TO_RETURN, Status.ORDERED, Status.INFORMED)
    made = a_new_card(status=status) if ordinary else a_new_loan(status=status, number=NUMBER)
    save(store, made)
    other = a_new_loan(number=NUMBER, holder=BO_HOLDER)
    free = status in OVER | {Status.RETURNED}
    if free:
        assert save(store, other).id == 2
        return
    with pytest.raises(ConflictError):
        save(store, other)


def test_a_conflict_leaves_the_transaction_usable(store):
    save(store, a_new_loan())
    with store.begin() as work:
        with pytest.raises(ConflictError):
            work.cards.save(a_new_loan(holder=BO_HOLDER))
        kept = work.cards.save(a_new_loan(holder=BO_HOLDER, number="123456"))
        with pytest.raises(ConflictError):
            work.cards.save(replace(kept, number=OTHER_NUMBER))
        work.cases.save(new_case())
    with store.begin() as work:
        assert [c.number for c in work.cards.list()] == [OTHER_NUMBER, "123456"]
        assert len(work.cases.list()) == 1


def test_cards_without_a_number_are_many(store):
    for _ in range(2):
        save(store, a_new_card(status=Status.NEEDED, number=""))
    with store.begin() as work:
        assert len(work.cards.list()) == 2
        assert work.cards.by_number("") == ()


@pytest.mark.parametrize("second", Status)
def test_a_person_has_one_reserve_card_at_a_time(store, second):
    save(store, a_new_loan())
    other = a_new_loan(number=NUMBER, status=second)
    if second in LENT | {Status.LOST}:
        with pytest.raises(ConflictError):
            save(store, other)
        return
    assert save(store, other).id == 2


def test_two_without_a_swedish_number_and_a_person_with_two_ordinary_cards_are_no_conflict(store):
    nobody = a_holder(person=None, record=None)
    for number in ("11111111", "22222222"):
        save(store, a_new_loan(number=number, holder=nobody))
        save(store, a_new_card(number=f"9{number}"))
    with store.begin() as work:
        assert len(work.cards.list()) == 4
        assert [c.number for c in work.cards.of_person(person())] == ["911111111", "922222222"]


def test_a_conflict_tells_nobodys_number(store):
    save(store, a_new_loan())
    with pytest.raises(ConflictError) as caught:
        save(store, a_new_loan(number=NUMBER))
    assert ANNA not in str(caught.value)
    assert caught.value.__suppress_context__


def test_cards_are_due_on_their_day_page_by_page_each_once(store):
    on = [TODAY - days(1), TODAY, TODAY, TODAY, TODAY + days(1), None]
    made = [
        save(store, a_new_loan(number=f"1000{n}", holder=a_holder(person=PersonId(f"{n:012}")),
                               next_on=day))
        for n, day in enumerate(on)
    ]  # fmt: skip
    found, after = [], FIRST
    with store.begin() as work:
        while page := work.cards.due(TODAY, after, 2):
            found += page
            after = (page[-1].next_on, page[-1].id)
        assert work.cards.due(TODAY - days(2), FIRST, 9) == ()
    assert found == made[:4]


def test_a_card_that_moves_to_a_later_day_while_pages_are_turned_is_not_met_again(store):
    for n in range(3):
        holder = a_holder(person=PersonId(f"{n:012}"))
        save(store, a_new_loan(number=f"1000{n}", holder=holder, next_on=TODAY))
    with store.begin() as work:
        (first,) = work.cards.due(TODAY, FIRST, 1)
        work.cards.save(replace(first, next_on=TODAY + days(1)))
        rest = work.cards.due(TODAY, (TODAY, first.id), 9)
    assert [c.id for c in rest] == [2, 3]


def test_a_receipts_mark_finds_its_card_and_stands_on_one_only(store):
    card = save(store, a_new_loan(mark="EKKV1/6/ABCDEFGH"))
    with store.begin() as work:
        assert work.cards.by_mark("EKKV1/6/ABCDEFGH") == card
        assert work.cards.by_mark("EKKV1/6/ZZZZZZZZ") is None
        assert work.cards.by_mark("") is None
    with pytest.raises(ConflictError):
        save(store, a_new_loan(mark="EKKV1/6/ABCDEFGH", number="1234", holder=BO_HOLDER))


def test_a_holders_address_finds_the_cards_that_are_not_over_whatever_its_case(store):
    loan = save(store, a_new_loan())
    save(store, a_new_card(status=Status.DEREGISTERED))
    save(store, a_new_loan(number="1234", holder=BO_HOLDER))
    save(store, a_new_card(number="5678", holder=a_holder(mail=None)))
    with store.begin() as work:
        assert work.cards.by_mail(f" {ANNA_MAIL.upper()}") == (loan,)
        assert work.cards.by_mail("") == ()
        assert work.cards.by_mail("ingen@jarfalla.example") == ()


def test_cards_are_found_by_the_order_that_asked_for_them_by_person_and_by_number(store):
    with store.begin() as work:
        case = work.cases.save(new_case()).id
        first = work.cards.save(a_new_card(case=case, status=Status.NEEDED, number=""))
        second = work.cards.save(a_new_loan(case=case))
        old = work.cards.save(a_new_loan(status=Status.DEREGISTERED, holder=BO_HOLDER))
    with store.begin() as work:
        assert work.cards.of_case(case) == (first, second)
        assert work.cards.of_case(CaseId(99)) == ()
        assert work.cards.of_person(person()) == (first, second)
        assert work.cards.of_person(person(BO)) == (old,)
        assert work.cards.by_number(OTHER_NUMBER) == (second, old)


def test_cards_that_are_out_although_the_record_has_ended_are_found_with_it(store):
    with store.begin() as work:
        early = work.cards.save(a_new_card(holder=a_holder(record=None)))  # before the record
        ended = work.records.save(a_record(id=0, version=0, status=RecordStatus.ENDED))
        work.records.save(a_record(id=0, version=0, person_id=person(BO)))
        out = work.cards.save(a_new_loan(holder=a_holder(record=ended.id)))
        work.cards.save(a_new_card(number="1234", status=Status.DEREGISTERED))
        work.cards.save(a_new_loan(number="2345", holder=BO_HOLDER))
        nobody = a_holder(person=None, record=None)
        work.cards.save(a_new_loan(number="5678", holder=nobody))
    with store.begin() as work:
        assert work.cards.ended() == ((early, ended), (out, ended))


def test_kind_and_status_of_every_card_fit_the_columns(store):
    for n, status in enumerate(Status):
        kind = CardKind.RESERVE if n % 2 else CardKind.ORDINARY
        holder = a_holder(person=PersonId(f"{n:012}"))
        save(store, a_new_card(kind=kind, status=status, number=f"1000{n}", holder=holder))
    with store.begin() as work:
        assert [c.status for c in work.cards.list()] == list(Status)
