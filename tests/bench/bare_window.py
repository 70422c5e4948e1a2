"""pywebview alone with an address, nothing of ours: the anchor of the touchscreen's window."""

import sys


def main() -> None:
    sys.path.append("/usr/lib/python3/dist-packages")
    import webview  # noqa: PLC0415  found only there

    webview.create_window("bare", sys.argv[1], width=800, height=480, frameless=True, fullscreen=True)
    webview.start()


if __name__ == "__main__":
    main()
