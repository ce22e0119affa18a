"""What a file may cost: bytes, unpacked bytes, pages, pixels, seconds and memory. What goes beyond is refused in one line."""

from __future__ import annotations

MEGA = 1 << 20
MAX_FILE = 200 * MEGA
"""Bytes of a file that is not plain text (a text's limit follows from --max-chars)."""
MAX_UNPACKED = 200 * MEGA
"""Bytes that the parts of a packed document (DOCX, OFD) that are read may unpack to, together."""
MAX_PARTS = 20_000
"""Entries of a packed document."""
MAX_PAGES = 3_000
"""Pages of a PDF or OFD file."""
MAX_GLYPHS = 400_000
"""Characters of one page; a newspaper page has some 12,000."""
MAX_PIXELS = 100_000_000
"""Pixels of an image; a newspaper page scanned at 300 dpi has 30 million."""
MAX_CELLS = 200_000
"""Cells of one table, spanned ones counted as often as they fill a place."""
SECONDS = 120
"""Seconds of work for a file that is read in a process of its own, or for what it does next (see aside.allow)."""
OCR_PAGES = 40
"""Pages of one picture file."""
LONGEST = 4 * 3600
"""Seconds that a file may take in all, where it has many pages to be read by OCR."""
MEMORY = 4096 * MEGA
"""Bytes of memory of that process."""
