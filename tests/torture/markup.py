"""Web pages, Markdown and web archives that are nested without end, declare what they are not, or break off."""

from __future__ import annotations

from collections.abc import Iterator

from torture.inputs import EITHER, READ, REFUSED, SENTENCE, Input, of_bytes

TAGS = ("div", "b", "table", "ul", "blockquote", "span", "a", "font")
P = f"<p>{SENTENCE}</p>"
DEEP = 100_000
BOMB = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
) + "]>"  # fmt: skip


def inputs() -> Iterator[Input]:
    for tag in TAGS:
        deep = f"<html><body>{P * 3}{f'<{tag}>' * DEEP}{P}</body></html>"
        yield Input(f"HTML of {DEEP:,} nested <{tag}>", EITHER, of_bytes("a.html", deep), big=tag not in ("div", "table"))
    page = f"<html><head><title>会</title></head><body>{P * 5}"
    for name, more, expected in (
        ("an HTML page that breaks off in a tag", "<p class='", READ),
        ("an HTML comment without end", "<!-- " + P * 50, EITHER),
        ("an HTML script without end", "<script>" + P * 50, EITHER),
        ("an HTML table of a billion cells", "<table><tr><td colspan=30000 rowspan=30000>湖州</td></tr></table>", EITHER),
        ("an HTML tag of 100,000 attributes", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">", EITHER),
        ("an HTML attribute of 5 MB", f"<img src='data:image/png;base64,{'A' * 5_000_000}'>", EITHER),
        ("HTML with NUL", P + "\x00" + P, EITHER),
        ("HTML with numbers of characters that are none", "<p>&#0;&#xD800;&#x110000;&#99999999999;&nosuch;湖州</p>", EITHER),
        ("HTML that refreshes, frames and embeds", "<meta http-equiv=refresh content='0;url=file:///etc/passwd'><iframe src=file:///etc/passwd></iframe><object data=/dev/zero>", EITHER),
    ):  # fmt: skip
        yield Input(name, expected, of_bytes("a.html", page + more))
    for charset in ("utf-7", "no-such-charset", "base64", "idna", "utf-16", "gb2312", "punycode", "x" * 5000, "unicode_escape"):
        yield Input(f"HTML that says it is {charset[:20]}", EITHER, of_bytes("a.html", f"<meta charset='{charset}'>{page}"))
    yield Input("XHTML with an entity bomb", EITHER, of_bytes("a.xhtml", f"{BOMB}<html><body>{P}&k;{P}</body></html>"))
    outside = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield Input("XHTML that asks for a file", EITHER, of_bytes("a.xhtml", f"{outside}<html><body>{P}&e;{P}</body></html>"))
    yield Input("HTML without text", REFUSED, of_bytes("a.html", "<html><body><script>1</script></body></html>"))
    for name, text in (
        ("Markdown of nested quotes", ">" * 5_000 + SENTENCE), ("Markdown of nested lists", "".join(" " * n + "- 湖州\n" for n in range(400))),
        ("Markdown of brackets", "[" * 20_000), ("Markdown of stars", "*" * 20_000 + "湖" + "_" * 20_000), ("Markdown of back quotes", "`" * 20_001 + "湖"),
        ("Markdown of links", "[湖](" * 5_000), ("Markdown of a table of many columns", "|湖" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|1" * 5_000),
        ("Markdown with HTML", "<div>" * 5_000), ("Markdown front matter without end", "---\ntitle: " + "湖" * 5_000),
    ):  # fmt: skip
        yield Input(name, EITHER, of_bytes("a.md", f"{SENTENCE}\n\n{text}\n\n{SENTENCE}\n"))
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    part = f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{P * 3}</body></html>\r\n"
    yield Input("web archive without end", EITHER, of_bytes("a.mhtml", head + part))
    yield Input("web archive without parts", REFUSED, of_bytes("a.mhtml", head))
    nested = "".join(f"--b{n}\r\nContent-Type: multipart/related; boundary=b{n + 1}\r\n\r\n" for n in range(3_000))
    yield Input("web archive of 3,000 nested parts", EITHER, of_bytes("a.mhtml", head.replace('"b"', "b0") + nested))
    many = head + part * 5_000
    yield Input("web archive of 5,000 pages", EITHER, of_bytes("a.mhtml", many))
