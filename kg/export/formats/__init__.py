"""The formats of `kg export`, one a file. See `kg.export.exporter` for what such a file holds."""
