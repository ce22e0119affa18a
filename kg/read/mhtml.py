"""MHTML: a web page saved with all its parts in one file. Its first page is read as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError

from kg.errors import InputError
from kg.model import Text
from kg.read.html import decode_page, page_text
from kg.read.limits import MAX_PARTS


@dataclass(frozen=True, slots=True)
class MhtmlReader:
    """Reads what browsers save as a single web page."""

    extensions: tuple[str, ...] = (".mhtml", ".mht")
    media_type: str = "multipart/related"

    def read(self, data: bytes, name: str) -> Text:
        try:
            message = message_from_bytes(data)
            for number, part in enumerate(message.walk()):
                if number > MAX_PARTS:
                    break
                if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                    page = part.get_payload(decode=True)
                    if isinstance(page, bytes) and page.strip():
                        text, encoding = decode_page(page, name, part.get_content_charset())
                        return Text(page_text(text, name), encoding)
        except (MessageError, LookupError, ValueError, RecursionError):
            raise InputError("a broken web archive", name, "save the page again") from None
        raise InputError("a web archive without a page", name, "save the page as HTML")


READER = MhtmlReader()
