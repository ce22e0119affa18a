"""Townships and villages: from a mention to the division it names near the places spoken of, else an entity of its own there."""

from __future__ import annotations

import re

from kg import divisions
from kg.divisions import Division
from kg.model import Entity, Mention
from kg.names import plain
from kg.resolve.districts import chain, division_entity, far, foreign
from kg.resolve.home import Home

VILLAGE = re.compile(r"(?:村|社区|嘎查)$")
TOWN = re.compile(r"(?:镇|乡|街道|苏木)$")
JOINTS = ("、", "和", "与", "及", "以及", "")


class Nearby:
    """The place named last and those of its list, by which a township or village that follows is understood."""

    def __init__(self, text: str, home: Home, named: frozenset[str]) -> None:
        self._text = text
        self._home = home
        self._counties = sorted({d.code for name in named for d in divisions.by_name(name, home.year)[:1] if d.level == "county"})
        self._end = -9
        self._above: Division | None = None  # what the place before lies in or is: county, township
        self._unknown: str | None = None  # the id of a township that no table has, standing right before
        self._county: Division | None = None  # the one named last
        self._known: dict[str, Entity] = {}

    def before(self, start: int) -> Division | None:
        """The division that stands right before `start`."""
        return self._above if start == self._end else None

    def county(self, mention: Mention) -> Division | None:
        """The county named last, where 全县, 该区 is said of it in a text of a city."""
        relative = mention.rule == "district-relative" and self._county is not None
        return self._county if relative and self._county and self._county.name.endswith(mention.name[1:]) else None

    def passed(self, mention: Mention, entity: Entity) -> None:
        """Told of every place named, in the order of the text."""
        self._end = mention.end
        self._above = divisions.by_code(entity.division_code) if entity.division_code else None
        if self._above is not None and self._above.level == "county":
            self._county = self._above
        self._unknown = entity.id if self._above is None and TOWN.search(mention.name) else None

    def formed(self, mention: Mention, name: str) -> Entity:
        """The entity of a place told by its form."""
        gap = self._text[self._end : mention.start] if 0 <= mention.start - self._end <= 2 else "?"
        if gap == "" and self._unknown is not None:
            return self._remember(name, Entity(f"{self._unknown}/{plain(name)}", ("District",), name))
        around = self._around(gap)
        if len(name) >= 2:
            for within in around:
                if (division := _lowest(name, within)) is not None:
                    return self._remember(name, division_entity(division))
        if gap not in JOINTS and name in self._known:
            return self._known[name]
        if gap != "" and len(name) >= 2:
            for within in self._wider(name):
                if (division := _lowest(name, within)) is not None:
                    return self._remember(name, division_entity(division))
        return self._remember(name, _own(mention, name, self._home, around[0] if around else self._home.division))

    def _remember(self, name: str, entity: Entity) -> Entity:
        if name not in self._known or entity.division_code:
            self._known[name] = entity
        return entity

    def _around(self, gap: str) -> list[Division]:
        """What the place before is (where this follows it at once) or lies in (where both stand in a list)."""
        if gap not in JOINTS or self._above is None:
            return []
        if gap == "":
            return [self._above]
        line = (self._above, *divisions.ancestors(self._above.code))
        return [d for d in line[1:] if d.level in ("township", "county")]

    def _wider(self, name: str) -> list[Division]:
        """The text's own place, then for a township the counties that the text names."""
        own = [self._home.division] if self._home.division is not None and self._home.division.level != "province" else []
        return own if VILLAGE.search(name) else own + [d for code in self._counties if (d := divisions.by_code(code)) is not None]


def _lowest(name: str, within: Division) -> Division | None:
    """The one township or village of this name in a division below the province; None where there is none or more than one."""
    if within.level not in ("prefecture", "county", "township"):
        return None
    found = divisions.village(name, within.code) if VILLAGE.search(name) else divisions.townships(name, within.code)
    return found[0] if len(found) == 1 else None


def _own(mention: Mention, name: str, home: Home, within: Division | None) -> Entity:
    scope = within.name if within is not None else ""
    key = plain(name)
    own = plain(name[len(mention.place) :]) if mention.place and name.startswith(mention.place) else key
    if mention.place and (division := chain(mention.place, home, None)) is not None and not far(division, mention.place, home):
        if not (
            name.endswith(("镇", "村", "乡")) and foreign(division, mention.place, home)
        ):  # 三河古镇 is not of 三河市, which is elsewhere
            scope, key = division.name, own or key
    elif mention.place and (region := divisions.regions().get(mention.place)):
        scope, key = region.name, own or key
    return Entity(f"place/{scope}/{key}" if scope else f"place/{key}", ("District",), name)
