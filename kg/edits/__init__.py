"""What the user says by hand about a graph: a table of rows that join, part, name, type, reject, mend and add (docs/edits.md).

edits = rows.read_edits("edits.tsv")     # checked as a whole before anything is built
graph = apply.edit(graph, edits)         # Graph → Graph; `graph.edited` tells what was obeyed and which rows do not fit
"""
