"""`python -m kiosk` is the command `kiosk`."""

from kiosk.cli.main import main

if __name__ == "__main__":
    main()
