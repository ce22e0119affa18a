"""What the tool costs, measured beside what people know."""
