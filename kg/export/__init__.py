"""Ways out of a graph: Turtle, networkx, the page, and the published folder."""
