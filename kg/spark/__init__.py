"""A build on a Spark cluster: the functions of a local build, mapped over batches of documents and grouped by the same keys.

engine     the build as a whole, from sources to a folder of N-Quads and Parquet
session    the Spark session, and what goes wrong in it in one line
documents  what the user names, as a DataFrame of documents
extract    documents to records, as mapInArrow over batches; record is one document's
merge      records to entities, namesakes and plain triples, as group-bys
write      N-Quads and Parquet
columns    the columns of all these DataFrames, as Spark and Arrow spell them
remote     files of the cluster's file system that are not DataFrames

Nothing here is loaded unless a cluster is asked for; record, columns and fold need no Spark.
"""
