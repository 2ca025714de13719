"""`python -m laikhe_analysis` is `laikhe`."""

from laikhe_analysis.cli import main

if __name__ == "__main__":
    main()
