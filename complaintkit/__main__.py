"""``python -m complaintkit`` is the command line."""

from complaintkit.cli import main

main()
