"""What a test of the recorder does to a house: views, live events, and a look at what reached the card."""

from kiosk import clock
from kiosk.events.line import Line, Part, What, print_line
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage.journal import Journal


def view(card, *, station="", wall=None, what=What.CARD):
    at = clock.wall() if wall is None else wall
    return Line(what, card, "vi" if what is What.CARD else "", 200, Part.ALL, at, "phone", station)


def log(settings, *lines):
    settings.views.parent.mkdir(parents=True, exist_ok=True)
    with settings.views.open("a") as file:
        file.writelines(f"{print_line(line)}\n" for line in lines)


def put(settings, *events):
    store = LiveStore.open(settings)
    with store.transaction():
        for event in events:
            outgoing.put(store, event)
    store.close()


def batches(settings):
    journal = Journal.open(settings)
    found = journal.unsent(1_000_000)
    journal.close()
    return found


def recorded(settings, *kinds):
    found = [event for batch in batches(settings) for _, event in batch.events]
    return [event for event in found if event.kind in kinds] if kinds else found


def cards(settings):
    return [event.values[0] for event in recorded(settings, "view")]


def reasons(settings):
    return [event.values[1] for event in recorded(settings, "start")]
