"""The power goes at every step of a comparison: each difference is told of once in the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.app.turn import Turn
from bot.domain.cases import Kind
from bot.domain.values import PersonId
from bot.ports.catalogue import Found
from tests.crash.power import Fuse, PowerCut, fused
from tests.filled import numbers
from tests.nights import Nights

NIGHT = "2026-11-03T03:00:00+01:00"


def _changed(here: Path) -> Nights:
    """Return an office where everything that can differ does."""
    nights = Nights(here, people=5)
    nights.other_hand(0, phone="0701740636")
    nights.other_hand(1, hsa_id="SE2321000016-AB12")
    nights.other_hand(2, protected=True)
    del nights.catalogue.held[nights.records()[3].entry.person_id]
    stranger = PersonId(numbers()[9])
    entry = replace(nights.records()[4].entry, person_id=stranger, surname="Ny")
    nights.catalogue.held[stranger] = Found(entry, "1")
    return nights


def _run(nights: Nights, fuse: Fuse) -> None:
    with nights.open(NIGHT) as services:
        Turn(fused(services, fuse)).run()


def _end(nights: Nights) -> dict[str, object]:
    with nights.look() as work:
        assert work.audit.verify()[1] is None
        people = work.records.list()
        lines = [line for r in people for line in work.audit.of(f"P-{r.id}")]
        return {
            "rows": [(d.attribute, d.mark, d.case is not None) for d in work.drifts.open()],
            "cases": sorted((c.title, c.stage, c.protected) for c in work.cases.list()),
            "people": [r.entry for r in people],
            "actions": sorted(line.action for line in lines),
            "compared": len(work.audit.of("katalogen")),
            "begun": work.runs.begun("drift", "2026-11-03"),
        }


def test_a_power_cut_anywhere_in_a_comparison_changes_nothing_in_the_end(tmp_path: Path) -> None:
    whole = _changed(tmp_path / "hel")
    counting = Fuse(None)
    _run(whole, counting)
    wanted = _end(whole)
    assert counting.count > 20
    assert len(whole.cases(Kind.DRIFT)) == 4
    assert wanted["compared"] == 1
    for moment in range(1, counting.count + 1):
        nights = _changed(tmp_path / str(moment))
        fuse = Fuse(moment)
        try:
            _run(nights, fuse)
        except PowerCut:
            _run(nights, Fuse(None))
        assert fuse.blown, moment
        assert _end(nights) == wanted, fuse.blown
