"""Ways out of a graph: files in many formats (`formats`, one a file), networkx, the page, and the published folder."""
