"""`python -m gelassen`."""

from gelassen.cli import main

if __name__ == "__main__":
    main()
