"""A provider of SMS and voice, written from 46elks' public API: `python -m tests.delivery.provider PORT`.

It asks for basic authentication, takes forms, answers with JSON and an `id`, and calls back with forms, telling again
what is not answered with 200–204. Behind it are telephones that answer as they are told. What a test wants it to do
wrong is posted to `/behave`; what it has seen is read from `/seen`. It reaches nothing but this machine.
"""

import base64
import json
import secrets
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

USER, PASSWORD = "u0123456789", "provider-password"
TOLD_AGAIN = 5


class Provider:
    """What it has taken, and how it is to behave. `behaviour` by path (`sms`, `calls`); `phones` by number."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []
        self.fetched: list[str] = []
        self.behaviour: dict[str, dict[str, Any]] = {}
        self.phones: dict[str, dict[str, Any]] = {}

    def takes(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        """Take a message or a call in."""
        made = {
            "id": f"{path[0]}{secrets.token_hex(16)}", "direction": "outgoing", "from": form["from"], "to": form["to"],
            "created": _utc(), "path": path, "form": dict(form), "at": time.time(),
        }  # fmt: skip
        with self.lock:
            self.taken.append(made)
        return made

    def behave(self, path: str) -> dict[str, Any]:
        with self.lock:
            how = self.behaviour.get(path, {})
            if "times" in how:  # only so many times, then as usual
                how["times"] -= 1
                if how["times"] < 0:
                    del self.behaviour[path]
                    return {}
            return dict(how)

    def tell(self, address: str, form: Mapping[str, str]) -> tuple[int, bytes]:
        """Call back; again while it is not answered with 200–204."""
        for _ in range(TOLD_AGAIN):
            status, body = _post(address, form)
            with self.lock:
                self.told.append({"address": address, "form": dict(form), "status": status, "body": body.decode()})
            if 200 <= status <= 204:
                return status, body
            time.sleep(0.05)
        return status, body

    # Telephones

    def deliver(self, sms: Mapping[str, Any], how: Mapping[str, Any]) -> None:
        """Report of a text message: sent and then delivered, or as told; a lying network reports what is not so."""
        address = sms["form"].get("whendelivered")
        phone = self.phones.get(sms["to"], {})
        reports = list(how.get("reports", phone.get("reports", ["sent", "delivered"])))
        for status in reports if address else []:
            form = {"id": sms["id"], "status": status}
            if status == "delivered":
                form["delivered"] = _utc()
            self.tell(address, form)
        if answer := phone.get("answer"):
            self.answer(sms["to"], sms["from"], answer)

    def answer(self, sender: str, to: str, text: str, **more: str) -> tuple[int, bytes]:
        """A text message from a telephone to the number that can be answered."""
        form = {"direction": "incoming", "id": f"s{secrets.token_hex(16)}", "from": sender, "to": to, "message": text,
                "created": _utc(), **more}  # fmt: skip
        return self.tell(self.behaviour.get("incoming", {})["address"], form)

    def ring(self, call: Mapping[str, Any]) -> None:
        """A call: busy, nobody, an answering machine, or somebody who listens and presses keys."""
        phone = self.phones.get(call["to"], {"keys": []})
        state = phone.get("state", "success")
        if state == "success":
            self._goes_on(call, json.loads(call["form"]["voice_start"]), list(phone.get("keys", [])))
        if address := call["form"].get("whenhangup"):
            self.tell(address, {"id": call["id"], "callid": call["id"], "state": state, "to": call["to"]})

    def _goes_on(self, call: Mapping[str, Any], action: Mapping[str, Any], keys: list[str]) -> None:
        while sound := action.get("ivr") or action.get("play"):
            self._fetch(sound)
            if not action.get("next"):
                return
            result = keys.pop(0) if keys else "failed"
            form = {"callid": call["id"], "direction": "outgoing", "from": call["from"], "to": call["to"],
                    "result": result}  # fmt: skip
            if result == "failed":
                form["why"] = "noinput"
            status, body = self.tell(action["next"], form)
            action = json.loads(body) if 200 <= status <= 204 and body else {}

    def _fetch(self, address: str) -> None:
        with urllib.request.urlopen(address, timeout=10) as answer:
            sound = answer.read()
        assert sound[:4] == b"RIFF", "no sound"
        with self.lock:
            self.fetched.append(address)


class Handler(BaseHTTPRequestHandler):
    """One request to the provider."""

    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        match urlsplit(self.path).path:
            case "/behave":
                self._behave(json.loads(body))
            case "/answer":
                told = json.loads(body)
                status, said = self.provider.answer(**told)
                self._say(200, {"status": status, "said": said.decode()})
            case "/a1/sms":
                self._take("sms", body, self.provider.deliver)
            case "/a1/calls":
                self._take("calls", body, lambda call, _how: self.provider.ring(call))
            case _:
                self._say(404, "No such resource")

    def do_GET(self) -> None:
        provider = self.provider
        with provider.lock:
            seen = {"taken": provider.taken, "told": provider.told, "fetched": provider.fetched}
            self._say(200, seen)

    def _behave(self, told: dict[str, Any]) -> None:
        with self.provider.lock:
            if told.get("forget"):
                self.provider.forget()
            self.provider.behaviour |= told.get("behaviour", {})
            self.provider.phones |= told.get("phones", {})
        self._say(200, {})

    def _take(self, path: str, body: bytes, after: Callable[[Any, Any], None]) -> None:
        how = self.provider.behave(path)
        time.sleep(how.get("delay_s", 0))
        if "status" in how and not how.get("takes"):
            return self._say(how["status"], how.get("body", "Something is wrong"))
        if self.headers.get("Authorization") != _basic():
            return self._say(401, "API access requires Basic HTTP authentication")
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if not form.get("to", "").startswith("+") or not form.get("from"):
            return self._say(400, "Invalid to number")
        made = self.provider.takes(path, form)
        if not how.get("silent"):  # the network behind it says nothing more
            threading.Thread(target=after, args=(made, how), daemon=True).start()
        if how.get("hang_up"):  # taken, and the line breaks before the answer
            self.close_connection = True
            self.connection.close()
            return None
        if "status" in how:
            return self._say(how["status"], how.get("body", "Something is wrong"))
        word = {"status": "created", "parts": 1} if path == "sms" else {"state": "ongoing"}
        answer = {key: value for key, value in made.items() if key not in ("path", "form", "at")}
        return self._say(200, how.get("garbage") or {**answer, **word})

    def _say(self, status: int, said: object) -> None:
        body = (said if isinstance(said, str) else json.dumps(said)).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked has given up

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


def _basic() -> str:
    return "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def _utc() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat()


def _post(address: str, form: Mapping[str, str]) -> tuple[int, bytes]:
    request = urllib.request.Request(address, urlencode(form).encode(), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except OSError:
        return 0, b""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that are killed in the middle of a sentence."""


def main() -> None:
    """Serve on the port given as the first argument, 0 for any; the port is printed."""
    Handler.provider = Provider()
    server = Server(("127.0.0.1", int(sys.argv[1])), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
