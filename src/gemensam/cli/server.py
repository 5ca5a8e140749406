"""Commands around the server: init, serve, demo, worker."""

import argparse
import os
import socket
from contextlib import closing
from pathlib import Path

from gemensam.cli.setting_up import load_django, migrate, open_data
from gemensam.core.refusal import Refused


def init(chosen: argparse.Namespace) -> None:
    """Make a data folder and found the network in it."""
    data = Path(os.environ["GEMENSAM_DATA"])
    if (data / "node.json").exists():
        raise Refused("already_initialised")
    found(data, chosen.region, organisation=chosen.organisation, demo=chosen.demo)
    for line in _authority(data, chosen.authority):
        print(line)
    print(f"Founded {chosen.region} in {data}.")
    print(f"Next: gemensam user add --data {data} --name NAME --function FUNCTION; gemensam serve --data {data}")


def found(data: Path, region_name: str, *, organisation: str = "", demo: bool = False) -> None:
    """Make settings, keys and database in a folder, and found a region's network; can be repeated after a crash."""
    from gemensam.regions import load_region, region_names
    from gemensam.web.configuration import make_secret_key, write_configuration

    if region_name not in region_names():
        raise Refused("no_such_region", region=region_name, regions=", ".join(region_names()))
    region = load_region(region_name)
    runs_it = organisation or region.about["joint_office"]
    if runs_it not in {item["id"] for item in region.organisations}:
        raise Refused("no_such_organisation", organisation=runs_it)
    data.mkdir(parents=True, exist_ok=True)
    write_configuration(data, network_name=region.about["name"], demo=demo)
    make_secret_key(data)
    load_django()
    migrate()
    from gemensam.ledger.node import create_node, read_node
    from gemensam.organisations.founding import found_network

    node = read_node(data) if (data / "node.json").exists() else create_node(data, runs_it)
    found_network(region, node)


def _authority(data: Path, names: list[str]) -> list[str]:
    if not names:
        return []
    from gemensam.cli.authority import make_authority

    made = make_authority(data / "tls", names)
    return [
        f"Certificate for {', '.join(names)}: {made.certificate}",
        f"Install {made.authority} in the browsers that are to trust it, and serve with",
        f"  gemensam serve --data {data} --certificate {made.certificate} --key {made.key}",
    ]


def serve(chosen: argparse.Namespace) -> int:
    """Serve until told to stop; with the worker in the same process unless told otherwise."""
    if bool(chosen.certificate) != bool(chosen.key):
        raise Refused("key_without_certificate")
    for file in filter(None, (chosen.certificate, chosen.key)):
        with open(file, "rb"):
            pass
    if chosen.certificate:
        os.environ.setdefault("GEMENSAM_HTTPS", "1")  # cookies then never leave a browser without it
    open_data()
    from django.conf import settings

    if settings.GEMENSAM_DEMO and chosen.host not in ("", "127.0.0.1", "localhost", "::1"):
        raise Refused("demo_only_here")
    migrate()
    host = chosen.host or "127.0.0.1"
    scheme = "https" if chosen.certificate else "http"
    print(f"Gemensam on {scheme}://{'localhost' if host == '127.0.0.1' else host}:{chosen.port}/", flush=True)
    return run_server(host, chosen.port, chosen.certificate, chosen.key, worker=not chosen.no_worker)


def run_server(
    host: str, port: int, certificate: str | None = None, key: str | None = None, *, worker: bool = True
) -> int:
    """Check the tips, start the worker beside the server, and serve."""
    check_port(host, port)
    from gemensam.delivery.worker import Worker
    from gemensam.ledger.restoring import check_tips
    from gemensam.web.server import serve as serve_pages

    check_tips()
    beside = Worker() if worker else None
    if beside is not None:
        beside.start()
    try:
        return serve_pages(
            host, port, certificate=Path(certificate) if certificate else None, key=Path(key) if key else None
        )
    finally:
        if beside is not None:
            beside.stop()


def check_port(host: str, port: int) -> None:
    """Raise `Refused("port_taken")` where another program listens."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused("port_taken", port=port) from error


def demo(chosen: argparse.Namespace) -> int:
    """Found a demonstration unless there is one, play its scenario, and serve it to this machine."""
    data = Path(os.environ["GEMENSAM_DATA"])
    check_port("127.0.0.1", chosen.port)
    found(data, "stockholm", demo=True)
    from django.conf import settings

    if not settings.GEMENSAM_DEMO:
        raise Refused("not_a_demo")
    from gemensam.demo.show import Show

    show = Show(data, chosen.port, speed=chosen.speed, scenario=chosen.scenario)
    show.prepare()
    if not chosen.no_play:
        show.start()
    try:
        return run_server("127.0.0.1", chosen.port)
    finally:
        show.stop()


def worker(chosen: argparse.Namespace) -> None:
    """Do what runs by itself until told to stop."""
    open_data()
    from gemensam.delivery.worker import Worker

    Worker().run_alone()
