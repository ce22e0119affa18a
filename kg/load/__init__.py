"""Ways into databases: RDF stores (Graph Store Protocol), Neo4j and whatever speaks Bolt, FalkorDB, LadybugDB.

    from kg.load import load
    load(kg.open("output"), "bolt://localhost:7687", user="neo4j", password="…")

The database then holds this graph: loading it again changes nothing, loading a changed graph takes away what went, and a load
that was broken off is mended by the next. What else is in the database is left alone.
"""

from kg.load.loader import Loaded, Login, load

__all__ = ["Loaded", "Login", "load"]
