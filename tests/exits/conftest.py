"""The edge's own tests need its program; its configuration is read and checked in any case (test_edge.py)."""

import shutil

collect_ignore = [] if shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin") else ["test_edge_nginx.py"]
