"""What `spean demo` does: build or keep the town, tell how to sign in, serve, take the tour."""

import logging
import socket
import time

from django.utils import translation

from spean.accounts.models import Membership
from spean.config import migrating
from spean.config.serving import Server
from spean.demo import country, town
from spean.demo.people import PASSPHRASE
from spean.demo.tour import Tour, Village
from spean.kernel import acting


def show(*, port: int, reset: bool, serve: bool, size: float | str) -> int:
    """Everything; the exit code is the tour's verdict when the server is not to go on."""
    translation.activate("en")  # the terminal speaks English
    if is_taken(port):
        print(f"Something answers on port {port} already. Choose another: `make demo PORT={port + 1}`.")
        return 1
    try:
        with acting.house():
            _town(reset=reset, size=size)
    except town.NotOurs as error:
        print(error)
        return 1
    _tell_sign_ins()
    with Server("127.0.0.1", port) as server:
        server.wait_until_ready()
        at = server.address
        print(f"\nSpean answers at {at}/km/ and {at}/en/; the desk is {at}/en/desk/\n", flush=True)
        whole = _tour(server.address)
        if not serve:
            return 0 if whole else 1
        print("It goes on serving. Ctrl-C ends it.", flush=True)
        return server.run()


def is_taken(port: int) -> bool:
    """Whether somebody answers there: the tour must not be taken through another town."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _town(*, reset: bool, size: float | str) -> None:
    town.require_ours()
    if reset:
        town.wipe()
    if town.is_ready():
        migrating.migrate()
        print("The town stands already; its data is kept. `make demo RESET=1` begins again.", flush=True)
        return
    if size == country.SIZE:
        print("Making a whole country with invented people: some minutes. Stopped and started again, it goes on.", flush=True)
        country.build()
    else:
        print("Making a believable town with invented people: about a minute, once.", flush=True)
        town.build(size=float(size))
    print(f"Made in {(town.told() or {})['seconds']} s.", flush=True)


def _tell_sign_ins() -> None:
    print("\nTHIS IS A DEMO. Everybody in it is invented, and the passphrase is known to all. Keep nothing real in it.")
    print(f"\nThe passphrase of every sign-in: {PASSPHRASE}\n")
    for name, role, sees in (town.told() or {})["sign_ins"]:
        print(f"  {name:14} {role:27} {sees}")


def _tour(address: str) -> bool:
    village = Membership.objects.select_related("place").get(user__username="volunteer").place
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the tour tells what it does itself
    started = time.monotonic()
    print("The tour, over real HTTP:", flush=True)
    whole = Tour(address, Village(village.code, village.name_km, village.name_en), lambda line: print(line, flush=True)).take()
    print(f"The tour {'went through' if whole else 'DID NOT GO THROUGH'} in {time.monotonic() - started:.1f} s.\n", flush=True)
    return whole
