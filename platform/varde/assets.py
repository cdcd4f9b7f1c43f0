"""Which folders of the npm packages the pages may load, and under which address.

Only these are served: `static_dirs` feeds STATICFILES_DIRS, so collectstatic never walks all of node_modules.
"""

from pathlib import Path

# (folder under node_modules, folder under /static/)
ASSETS: tuple[tuple[str, str], ...] = (
    ("@digdir/designsystemet-css/dist/src", "designsystemet/css"),
    ("@digdir/designsystemet-css/dist/theme", "designsystemet/theme"),
    ("@digdir/designsystemet-web/dist/umd", "designsystemet/web"),
    ("htmx.org/dist", "htmx"),
    ("@fontsource-variable/inter", "inter"),
)
# What a page loads, by address under /static/; a test checks that each is there.
PAGE_FILES: tuple[str, ...] = (
    "designsystemet/css/index.css",
    "designsystemet/theme/designsystemet.css",
    "designsystemet/web/index.js",
    "htmx/htmx.min.js",
    "inter/wght.css",
)
# Left behind by collectstatic: read by builders and editors, never by a browser.
IGNORED: tuple[str, ...] = (
    "*.md", "*.ts", "*.scss", "scss", "LICENSE", "ext",
    "*.amd.js", "*.cjs.js", "*.esm.js", "htmx.js", "*.tailwind.css", "*.min.js.gz",
)  # fmt: skip


def static_dirs(root: Path) -> list[tuple[str, str]]:
    """(prefix, folder) pairs for STATICFILES_DIRS; `root` is the clone that holds node_modules."""
    return [(prefix, str(root / "node_modules" / folder)) for folder, prefix in ASSETS]


def missing(root: Path) -> list[str]:
    """Addresses in PAGE_FILES that no folder under `root` can answer; empty when npm has done its work."""
    served = {prefix: Path(folder) for prefix, folder in static_dirs(root)}
    homes = {page: next(p for p in served if page.startswith(f"{p}/")) for page in PAGE_FILES}
    return [page for page, prefix in homes.items() if not (served[prefix] / page[len(prefix) + 1 :]).is_file()]
