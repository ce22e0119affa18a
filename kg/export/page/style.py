"""How classes and relations look: colours that colour-blind readers can tell apart, and for each class a sign of its own besides."""

from __future__ import annotations

# Okabe and Ito's palette (2008), extended by three tones that keep apart from it in lightness. Shapes are vis-network's. No two classes
# have the same shape and filling, so that the page can be read without its colours.
STYLES: dict[str, tuple[str, str, bool]] = {  # colour, shape, hollow
    "Organization": ("#0072B2", "dot", False),
    "District": ("#6B7A8F", "square", False),
    "Platform": ("#009E73", "hexagon", False),
    "Program": ("#D55E00", "diamond", False),
    "Meeting": ("#CC79A7", "triangle", False),
    "Document": ("#8C6D31", "square", True),
    "Person": ("#E69F00", "star", False),
    "Honor": ("#B8A200", "triangleDown", False),
    "Topic": ("#3D9BD6", "dot", True),
    "Concept": ("#7B5EA7", "diamond", True),
}
EDGE = "#9AA5B1"
PLANNED = "#C77B30"
