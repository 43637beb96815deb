"""The EWS stub's XML: envelopes, faults, and items as they are shown. Answers no question."""

from __future__ import annotations

import base64
import email
from email import policy
from email.message import EmailMessage
from html import escape
from typing import Any

from tests.servers.ews_store import Item

T = "http://schemas.microsoft.com/exchange/services/2006/types"
M = "http://schemas.microsoft.com/exchange/services/2006/messages"
S = "http://schemas.xmlsoap.org/soap/envelope/"
E = "http://schemas.microsoft.com/exchange/services/2006/errors"
HEAD = "0x007D"  # PidTagTransportMessageHeaders
NS = {"t": T, "m": M, "s": S}


class RefusedError(Exception):
    """A response code in place of an answer."""

    def __init__(self, code: str, back_off: int | None = None) -> None:
        super().__init__(code)
        self.code, self.back_off = code, back_off


def composed(element: Any) -> bytes:
    """Make MIME of a message that is told by its parts (those that are not, are empty)."""

    def text(path: str) -> str:
        return element.findtext(path, "", NS)

    made = EmailMessage(policy=policy.SMTP)
    told = {
        "From": text("t:From/t:Mailbox/t:EmailAddress"), "Subject": text("t:Subject"),
        "Message-ID": text("t:InternetMessageId"), "In-Reply-To": text("t:InReplyTo"),
        "References": text("t:References"),
    }  # fmt: skip
    for name, value in told.items():
        if value:
            made[name] = value
    body = element.find("t:Body", NS)
    html = body is not None and body.get("BodyType") == "HTML"
    made.set_content(text("t:Body"), subtype="html" if html else "plain")
    return made.as_bytes()


def properties(item: Item, fraction: str) -> dict[str, str]:
    def people(tag: str, some: list[str]) -> str:
        inside = "".join(
            f"<t:Mailbox><t:EmailAddress>{escape(a)}</t:EmailAddress></t:Mailbox>" for a in some
        )
        return f"<t:{tag}>{inside}</t:{tag}>" if some else ""

    marks = "".join(f"<t:String>{escape(c)}</t:String>" for c in item.categories)
    files = "".join(
        f'<t:FileAttachment><t:AttachmentId Id="{a.id}"/><t:Name>{escape(a.name)}</t:Name>'
        f"<t:ContentId>{escape(a.content_id)}</t:ContentId><t:Size>{len(a.content) + 200}</t:Size></t:FileAttachment>"
        for a in item.attachments
    )
    sender = f"<t:Mailbox><t:EmailAddress>{escape(item.sender)}</t:EmailAddress></t:Mailbox>"
    return {
        "item:ParentFolderId": f'<t:ParentFolderId Id="{item.folder}" ChangeKey="AQ=="/>',
        "item:ItemClass": f"<t:ItemClass>{item.item_class}</t:ItemClass>",
        "item:Attachments": f"<t:Attachments>{files}</t:Attachments>" if files else "",
        "item:DateTimeReceived": f"<t:DateTimeReceived>{item.received:%Y-%m-%dT%H:%M:%S}{fraction}Z</t:DateTimeReceived>",
        "item:Size": f"<t:Size>{len(item.raw)}</t:Size>",
        "item:Categories": f"<t:Categories>{marks}</t:Categories>" if marks else "",
        "item:IsSubmitted": f"<t:IsSubmitted>{str(item.submitted).lower()}</t:IsSubmitted>",
        "item:IsDraft": f"<t:IsDraft>{str(item.draft).lower()}</t:IsDraft>",
        "item:LastModifiedTime": f"<t:LastModifiedTime>{item.created:%Y-%m-%dT%H:%M:%S}.{item.modified:06}Z</t:LastModifiedTime>",
        "item:DateTimeCreated": f"<t:DateTimeCreated>{item.created:%Y-%m-%dT%H:%M:%SZ}</t:DateTimeCreated>",
        "message:ToRecipients": people("ToRecipients", item.to),
        "message:CcRecipients": people("CcRecipients", item.cc),
        "message:BccRecipients": people("BccRecipients", item.bcc),
        "message:From": f"<t:From>{sender}</t:From>" if item.sender else "",
        "message:InternetMessageId": f"<t:InternetMessageId>{escape(item.message_id)}</t:InternetMessageId>",
    }


def words(item: Item) -> dict[str, str]:
    mail = email.message_from_bytes(item.raw, policy=policy.default)
    body = mail.get_body(("html", "plain"))
    said = body.get_payload(decode=True).decode("utf-8", "replace") if body is not None else ""
    said = "".join(sign for sign in said if sign.isprintable() or sign in "\n\t")
    return {
        "item:Subject": f"<t:Subject>{escape(str(mail['Subject'] or ''))}</t:Subject>",
        "item:Body": f'<t:Body BodyType="HTML">{escape(said)}</t:Body>',
    }


def extended(item: Item, path: Any, signs: str) -> str:
    if path.get("PropertyTag") == HEAD:
        head = item.raw.partition(b"\r\n\r\n")[0]
        if signs != "clean":
            return head.decode("utf-8", "surrogateescape")
        return "".join(s for s in head.decode("ascii", "replace") if _is_plain(s))
    if path.get("PropertyTag"):
        return base64.b64encode(item.search_key).decode()
    return item.properties.get(path.get("PropertyName"), "")


def inscribed(value: str, signs: str) -> str:
    """Return a text in XML; «raw» and «references» are not XML where it has forbidden signs."""
    text = escape(value)
    if signs != "references":
        return text
    return "".join(s if _is_plain(s) else f"&#x{ord(s):X};" for s in text)


def _is_plain(sign: str) -> bool:
    return sign.isprintable() or sign in "\n\t"


def message(name: str, code: str, inside: str = "") -> str:
    kind = "Success" if code == "NoError" else "Error"
    return (
        f'<m:{name}ResponseMessage ResponseClass="{kind}"><m:ResponseCode>{code}</m:ResponseCode>{inside}'
        f"</m:{name}ResponseMessage>"
    )


def event() -> bytes:
    """Return the notification of a new mail."""
    told = "<t:NewMailEvent><t:Watermark>AQ==</t:Watermark></t:NewMailEvent>"
    inside = f"<m:Notifications><m:Notification>{told}</m:Notification></m:Notifications>"
    return envelope(message("GetStreamingEvents", "NoError", inside))


def envelope(inside: str, header: str = "") -> bytes:
    head = f"<s:Header>{header}</s:Header>" if header else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{S}" xmlns:t="{T}" xmlns:m="{M}">'
        f"{head}<s:Body>{inside}</s:Body></s:Envelope>"
    ).encode("utf-8", "surrogateescape")


def fault(code: str, back_off: int | None = None) -> bytes:
    """Return a SOAP fault as Exchange words it."""
    told = ""
    if back_off is not None:
        told = (
            f'<t:MessageXml><t:Value Name="BackOffMilliseconds">{back_off}</t:Value></t:MessageXml>'
        )
    return envelope(
        f"<s:Fault><faultcode>{code}</faultcode><faultstring>anna@office.example: hemligt</faultstring>"
        f'<detail><e:ResponseCode xmlns:e="{E}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{E}">anna@office.example: hemligt</e:Message>{told}</detail></s:Fault>'
    )
