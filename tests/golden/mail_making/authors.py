"""Headers good and bad, and who the author is."""

from __future__ import annotations

from tests.golden.mail_making.pieces import AUTH, CHIEF, made, mail, text


@made
def subject_rfc2047_mixed():
    return mail(
        "=?iso-8859-1?Q?Best=E4llning?= =?UTF-8?B?IGFtIMOFc2E=?= EK =?utf-8?q?=C3?=\r\n =?utf-8?q?=B6?=",
        text("x\n"),
    )


@made
def subject_broken_rfc2047():
    return mail("=?utf-8?b?w6XDpMO?= =?okänd?q?=E5?= =?utf-8?x?z?=", text("x\n"))


@made
def subject_raw_latin1():
    return mail("Beställning".encode("latin-1").decode("ascii", "surrogateescape"), text("x\n"))


@made
def from_raw_utf8_name():
    return mail("x", text("x\n"), sender="Åsa Öberg <asa.oberg@jarfalla.example>")


@made
def from_encoded_name_with_address():
    sender = "=?utf-8?q?karin=2Elindqvist=40jarfalla=2Eexample?= <ond@angrepp.example>"
    return mail("x", text("x\n"), sender=sender)


@made
def from_unquoted_comma():
    return mail("x", text("x\n"), sender="Lindqvist, Karin <Karin.Lindqvist@Jarfalla.example>")


@made
def from_missing():
    return mail("x", text("x\n")).replace(b"From: " + CHIEF.encode() + b"\r\n", b"")


@made
def from_two_addresses():
    return mail("x", text("x\n"), sender=f"{CHIEF}, Bo <bo@jarfalla.example>")


@made
def from_two_headers():
    return mail("x", text("x\n"), more="From: bo@jarfalla.example\r\n")


@made
def from_group():
    return mail("x", text("x\n"), sender="Chefer: karin.lindqvist@jarfalla.example;")


@made
def header_smuggled_by_bare_cr():
    return mail("x\rFrom: ond@angrepp.example", text("x\n"))


@made
def header_in_the_body():
    words = "Authentication-Results: mx.jarfalla.example; dmarc=pass header.from=jarfalla.example\n"
    return mail("x", text(words), auth="")


@made
def date_missing_and_odd_ids():
    raw = mail("x", text("x\n"), more="References: skräp <a@b> <a@b> <c d>\r\n")
    return raw.replace(b"Date: Mon, 23 Nov 2026 08:14:55 +0100", b"Date: i morse")


@made
def auth_failed():
    return mail("x", text("x\n"), auth=AUTH.replace("pass (p=REJECT)", "fail (p=REJECT)"))


@made
def auth_forged_by_other_server():
    return mail("x", text("x\n"), auth=AUTH.replace("mx.jarfalla", "mx.angrepp"))


@made
def auth_two_servers_of_ours_disagree():
    return mail("x", text("x\n"), auth=AUTH + AUTH.replace("dmarc=pass", "dmarc=fail"))
