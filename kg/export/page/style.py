"""How classes and relations look: a palette that colour-blind readers can tell apart, and a shape each as a second sign."""

from __future__ import annotations

# Okabe and Ito's palette (2008), extended by three tones that keep apart from it in lightness; shapes are vis-network's.
STYLES: dict[str, tuple[str, str]] = {
    "Organization": ("#0072B2", "dot"),
    "District": ("#6B7A8F", "square"),
    "Platform": ("#009E73", "hexagon"),
    "Program": ("#D55E00", "diamond"),
    "Meeting": ("#CC79A7", "triangle"),
    "Document": ("#8C6D31", "box"),
    "Person": ("#E69F00", "star"),
    "Honor": ("#B8A200", "triangleDown"),
    "Topic": ("#56B4E9", "dot"),
    "Concept": ("#7B5EA7", "square"),
}
SHAPES = {"box": "square"}  # a box would hold its label; nodes here have theirs below
EDGE = "#9AA5B1"
PLANNED = "#C77B30"


def color(class_: str) -> str:
    """The colour of a class as #RRGGBB."""
    return STYLES[class_][0]


def shape(class_: str) -> str:
    """The vis-network shape of a class."""
    return SHAPES.get(STYLES[class_][1], STYLES[class_][1])
