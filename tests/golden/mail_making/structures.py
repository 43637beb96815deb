"""MIME structures that are broken or go too far."""

from __future__ import annotations

from tests.golden.mail_making.pieces import file, form, made, mail, multi, text


@made
def boundary_wrong():
    raw = mail("x", multi(text("x\n"), form(), mark="riktig"))
    return raw.replace(b'boundary="r', b'boundary="f')


@made
def boundary_wrong_and_odd():
    raw = mail("x", multi(text("x\n"), form(), mark='rätt " (1)'))
    return raw.replace(b'boundary="r', b'boundary="f')


@made
def boundary_missing():
    return mail("x", multi(text("Bara text.\n"))).replace(b"--gr=C3=A4ns", b"")


@made
def boundary_never_closed():
    return mail("x", multi(text("x\n"), form())).replace(b"--gr=C3=A4ns--", b"")


@made
def multiparts_ten_deep():
    part = form()
    for level in range(10):
        part = multi(part, mark=f"n{level}")
    return mail("x", part)


@made
def multiparts_forty_deep():
    part = form()
    for level in range(40):
        part = multi(part, mark=f"n{level}")
    return mail("x", part)


@made
def parts_three_hundred():
    return mail("x", multi(*(file(b"%d" % n, f'filename="{n}.bin"') for n in range(300))))
