"""Facts to RDF: the names of things, merging, the `Graph` object, its queries and its validation."""
