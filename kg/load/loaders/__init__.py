"""The loaders, one a kind of database. See `kg.load.loader` for what such a file holds."""
