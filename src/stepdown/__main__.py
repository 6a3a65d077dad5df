"""`python -m stepdown`: the command line."""

from stepdown.cli import main

main()
