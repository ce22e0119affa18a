"""The graph over HTTP on this machine: SPARQL, the Graph Store Protocol, pages to read and walk it, and building from dropped files."""
