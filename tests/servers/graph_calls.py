"""The calls that the Graph stub knows, each with exactly what Microsoft documents for it.

A query option, a property or a header that is not documented is a 400, so that the program can
use only what is. It proves our side, not Microsoft's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from tests.servers.graph_asked import Asked, RefusalError, Said
from tests.servers.graph_sending import Sending

_LIMIT = 4_194_304  # octets of one request


class Calls(Sending):
    """All calls on one world."""

    def answer(self, asked: Asked) -> Said:
        """Answer one request below the version."""
        if len(asked.body) > _LIMIT:
            return RefusalError(413, "RequestEntityTooLarge").said
        bodiless = asked.method in {"GET", "DELETE"} or asked.path.endswith("/send")
        if not asked.body and not bodiless:
            return RefusalError(411, "LengthRequired").said
        try:
            for pattern, method, call in self._routes():
                match = re.fullmatch(pattern, asked.path)
                if match and method == asked.method:
                    return call(asked, *map(unquote, match.groups()))
        except RefusalError as refusal:
            return refusal.said
        return RefusalError(400, "BadRequest").said

    def _routes(self) -> list[tuple[str, str, Callable[..., Said]]]:
        user, one = "/users/([^/]+)", "([^/]+)"
        mail = f"{user}/messages/{one}"
        return [
            (f"{user}/mailFolders/{one}/messages/delta", "GET", self.delta),
            (f"{user}/mailFolders\\('([^/']+)'\\)/messages/delta", "GET", self.delta),
            (f"{user}/mailFolders/{one}/messages", "GET", self.list_messages),
            (f"{user}/mailFolders/{one}/childFolders", "GET", self.list_folders),
            (f"{user}/mailFolders/{one}/childFolders", "POST", self.make_folder),
            (f"{user}/mailFolders/{one}", "GET", self.get_folder),
            (f"{user}/mailFolders", "GET", self.list_folders),
            (f"{user}/mailFolders", "POST", self.make_folder),
            (f"{user}/messages", "GET", self.find_messages),
            (f"{user}/messages", "POST", self.make_draft),
            (f"{mail}/\\$value", "GET", self.value),
            (f"{mail}/move", "POST", self.move),
            (f"{mail}/send", "POST", self.send),
            (f"{mail}/attachments", "GET", self.list_attachments),
            (f"{mail}/attachments", "POST", self.attach),
            (f"{mail}/attachments/createUploadSession", "POST", self.session),
            (mail, "GET", self.get_message),
            (mail, "PATCH", self.update),
            (mail, "DELETE", self.delete),
            (f"{user}/sendMail", "POST", self.send_mail),
        ]
