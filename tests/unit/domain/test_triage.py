"""The first rule that fits decides where a mail goes, and its name is kept."""

import pytest

from bot.domain.forms import Content
from bot.domain.triage import Machine, Route, route
from tests.builders import a_document, a_form, a_mail

FORM = a_document(a_form())
LOGO = a_document(content=Content.OTHER)
SCAN = a_document(content=Content.SCAN, scans=(1,))


def a_letter(**values):
    return a_mail(**{"documents": (), **values})


@pytest.mark.parametrize(
    ("seen", "where", "rule"),
    [
        (a_letter(machine=Machine.OWN), Route.IGNORE, "own_mail"),
        (a_letter(machine=Machine.BOUNCE, machine_why="5.1.1"), Route.BOUNCE, "bounce"),
        (a_letter(machine=Machine.AUTO_REPLY), Route.IGNORE, "auto_reply"),
        (a_letter(crashed=True), Route.PERSON, "crashed"),
        (a_letter(documents=(FORM,)), Route.FORMS, "form"),
        (a_letter(documents=(LOGO, FORM)), Route.FORMS, "form"),
        (a_letter(answers_ours=True), Route.REPLY, "reply"),
        (a_letter(answers_ours=True, documents=(LOGO,)), Route.REPLY, "reply"),
        (a_letter(answers_ours=True, documents=(SCAN,)), Route.FILES, "files"),
        (a_letter(documents=(LOGO,)), Route.FILES, "files"),
        (a_letter(speaks_of_attachment=True), Route.FORGOTTEN, "no_attachment"),
        (a_letter(), Route.PERSON, "person"),
        (a_letter(machine=Machine.LIST, speaks_of_attachment=True), Route.PERSON, "person"),
        (a_letter(machine=Machine.LIST, documents=(FORM,)), Route.FORMS, "form"),
    ],
)
def test_each_kind_of_mail_finds_its_rule(seen, where, rule):
    fit = route(seen)
    assert (fit.route, fit.rule) == (where, rule)
    assert fit.why


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ({"machine": Machine.BOUNCE}, {"documents": (FORM,)}, "bounce"),
        ({"machine": Machine.AUTO_REPLY}, {"answers_ours": True}, "auto_reply"),
        ({"machine": Machine.OWN}, {"crashed": True}, "own_mail"),
        ({"crashed": True}, {"documents": (FORM,)}, "crashed"),
        ({"documents": (FORM,)}, {"answers_ours": True}, "form"),
        ({"answers_ours": True}, {"speaks_of_attachment": True}, "reply"),
    ],
)
def test_the_earlier_rule_wins(first, second, rule):
    assert route(a_letter(**first, **second)).rule == rule
