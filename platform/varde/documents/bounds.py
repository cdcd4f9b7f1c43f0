"""How much of everything. One place, so that what is promised, refused and tested are the same figures."""

MIB = 1024 * 1024

# What may be sent.
FILE_BYTES = 25 * MIB
FILES_PER_REPORT = 10
CHUNK_BYTES = 256 * 1024  # what is sealed and stored as one row

# What the child may use. 1 GiB holds the largest allowed picture twice; measured peaks are in the ADR.
CHILD_MEMORY = 1024 * MIB
CHILD_CPU_SECONDS = 60
CHILD_WALL_SECONDS = 90.0
CHILD_OPEN_FILES = 16
CHILDREN_AT_ONCE = 2  # on one machine, over all web processes and workers
SLOT_WAIT_SECONDS = 5.0

# What the child may be asked to open.
PIXELS = 80_000_000  # a 50-megapixel telephone, with room; a flood of pixels stops here
COPY_PIXELS = 24_000_000  # a larger picture is halved until it fits
PAGES = 200
# Pages at most -> pixels a page: A4 at about 155, 130 and 110 dots per inch.
PAGE_PIXELS = ((50, 2_400_000), (100, 1_700_000), (PAGES, 1_200_000))
COPY_BYTES = FILE_BYTES
ZIP_ENTRIES = 2_000
ZIP_BYTES = 100 * MIB  # of all entries that are read, unpacked
ZIP_RATIO = 200  # unpacked to packed, for an entry of more than a MiB
XML_DEPTH = 256
PICTURES_IN_TEXT = 200
TEXT_CHARS = 5_000_000
