"""A way out for letters that keeps them in a list. Knows no protocol."""

from __future__ import annotations

from bot.ports.check import Check
from bot.ports.errors import PermanentError, PortError, TransientError
from bot.ports.outgoing import Parcel, Refusal


class FakeOutgoing:
    """What was sent stands in ``sent``; ``refuse`` and ``broken`` make it say no."""

    def __init__(self) -> None:
        """Start with nothing sent and nobody refused."""
        self.sent: list[Parcel] = []  # with the recipients who were taken
        self.refuse: dict[str, Refusal] = {}  # by recipient
        self.broken: PortError | None = None  # raised before anything is taken
        self.failing: list[PortError] = []  # one for each send to come, then all is well
        self.lost_answers = 0  # so many sends are taken although no answer comes
        self.closed = 0

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        if self.broken is not None:
            raise self.broken
        if self.failing:
            raise self.failing.pop(0)
        refused = tuple(self.refuse[r] for r in parcel.recipients if r in self.refuse)
        taken = tuple(r for r in parcel.recipients if r not in self.refuse)
        if not taken:
            if any(refusal.temporary for refusal in refused):
                raise TransientError("451 try later")
            raise PermanentError("550 no such user")
        self.sent.append(Parcel(parcel.sender, taken, parcel.message_id, parcel.raw))
        if self.lost_answers:
            self.lost_answers -= 1
            raise TransientError("no answer after the letter", in_doubt=True)
        return refused

    def check(self) -> tuple[Check, ...]:
        broken = self.broken
        return (Check("Utgående post", broken is None, str(broken or "svarar"), str(broken or "")),)

    def close(self) -> None:
        self.closed += 1
