"""The graph for language models: a Model Context Protocol server with tools that read, and give the sentence with every fact."""
