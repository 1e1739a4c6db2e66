"""Requests on a connection that is kept; the server may vanish at any moment."""
import http.client
import json
import uuid
from urllib.parse import quote


class Gone(Exception):
    """The connection broke, or there was none: the server may or may not have done what was asked."""


class Client:
    """One connection; not for several threads."""

    def __init__(self, port, token):
        self.port, self.token = port, token
        self.connection = None

    def request(self, method, path, body=None, headers=None):
        """Returns status, fields and body.

        Only reads are sent again, when a kept connection turns out to be closed.
        """
        attempts = 2 if method == "GET" and self.connection else 1
        for attempt in range(attempts):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=45)
            try:
                self.connection.request(method, path, body, headers or {})
                response = self.connection.getresponse()
                content = response.read()
                if response.will_close:
                    self.close()
                return response.status, response.headers, content
            except (OSError, http.client.HTTPException) as error:
                self.close()
                if attempt == attempts - 1:
                    raise Gone(f"{method} {path}: {error!r}") from error

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def get(self, path):
        return self.request("GET", path)

    def json(self, path):
        """The answer to a read that must succeed."""
        status, _, body = self.get(path)
        if status != 200:
            raise AssertionError(f"GET {path}: {status} {body[:200]!r}")
        return json.loads(body)

    def put(self, id, title, attributes, picture):
        boundary = uuid.uuid4().hex
        parts = {"attributes": json.dumps(attributes).encode(), "title": title.encode(), "picture": picture}
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"
            for name, content in parts.items()
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Authorization": f"Bearer {self.token}"}
        return self.request("PUT", f"/products/{quote(id, safe='')}", body + f"--{boundary}--\r\n".encode(), headers)

    def delete(self, id):
        return self.request(
            "DELETE", f"/products/{quote(id, safe='')}", headers={"Authorization": f"Bearer {self.token}"}
        )
