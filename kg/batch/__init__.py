"""Many documents: each read once and remembered, on as many cores as there are, given on in the order they were named in.

stream    the documents of a build, one outcome each, in order
one       one file to its outcome: out of the cache, or read
cache     the readings that a folder remembers, by content, options and version of the pipeline
index     which file had which content when it was looked at last, so that an unchanged one costs a stat
codec     values of kg.model as JSON and back, exactly
pool      processes that read; worker is what they run
"""
