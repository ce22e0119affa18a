"""The verbs of the command: every module here is one, and is found by being here. See `kg.cli.verb`."""
