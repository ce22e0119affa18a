"""How classes look: colours that colour-blind readers can tell apart on paper and in the dark, and for each class a sign of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """`light` and `dark`: the colour on light and on dark ground. Shapes are vis-network's; a hollow one is drawn as its outline."""

    light: str
    dark: str
    shape: str
    hollow: bool = False


# After Okabe and Ito's palette (2008), extended by tones that keep apart from it in lightness. No two classes have the same shape and
# filling, so that the page can be read without its colours.
STYLES: dict[str, Style] = {
    "Organization": Style("#1f6aa5", "#6db3ea", "dot"),
    "District": Style("#68778a", "#a7b4c4", "square"),
    "Platform": Style("#12866a", "#4fc7a4", "hexagon"),
    "Program": Style("#c4541a", "#f0905c", "diamond"),
    "Meeting": Style("#b3568f", "#e39bc8", "triangle"),
    "Document": Style("#84652c", "#cdaa6a", "square", True),
    "Person": Style("#c98a06", "#f3bf4d", "star"),
    "Honor": Style("#9a8800", "#d8c74a", "triangleDown"),
    "Topic": Style("#3d8fc4", "#8cc8f0", "dot", True),
    "Concept": Style("#75559f", "#b99ae0", "diamond", True),
}
