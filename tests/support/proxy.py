"""The shipped nginx configuration on ports and names of the test, as a process of its own."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.curator_site import ROOT, free_port, process

SHIPPED = ROOT / "deploy" / "nginx"


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its ports, and where it keeps its files."""

    folder: Path
    public: int
    curator: int
    plain: int


@contextmanager
def nginx(
    folder: Path,
    backends: Mapping[str, int],
    public: int | None = None,
    curator: int | None = None,
) -> Iterator[Proxy]:
    """nginx before ``backends`` (8501, 8502, 8511 as shipped -> port of the test)."""
    proxy = Proxy(folder, public or free_port(), curator or free_port(), free_port())
    write(proxy, backends)
    command = [nginx_program(), "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    with process(command, dict(os.environ), folder / "log-nginx"):
        _wait(proxy)
        yield proxy


def nginx_program() -> str:
    """Where nginx is; empty where it is not installed."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx") or ""


def write(proxy: Proxy, backends: Mapping[str, int]) -> None:
    """The shipped files with ports, paths and names of the test; nothing else is changed."""
    folder = proxy.folder
    _certificate(folder)
    hosts = {
        "public": ("indicators.example.gov.cn", proxy.public),
        "curator": ("entry.indicators.example.gov.cn", proxy.curator),
    }
    for name, (host, port) in hosts.items():
        changes = {
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            f"/etc/ssl/indicators/{name}.pem": f"{folder}/test.pem",
            f"/etc/ssl/indicators/{name}.key": f"{folder}/test.key",
            f"/var/log/nginx/indicators-{name}.log": f"{folder}/{name}.log",
            "/etc/nginx/indicators/common.conf": f"{folder}/common.conf",
            f"server_name {host};": "server_name localhost 127.0.0.1;",
        }
        _copy(f"{name}.conf", folder, changes)
    # One plain port is enough: the curators' redirect is the same block with another name.
    text = (folder / "curator.conf").read_text("utf-8").split("server {", 2)
    (folder / "curator.conf").write_text(f"server {{{text[2]}", "utf-8")
    _copy("common.conf", folder, {})
    _copy("http.conf", folder, {f":{old};": f":{new};" for old, new in backends.items()})
    (folder / "nginx.conf").write_text(_main(folder), encoding="utf-8")


def _copy(name: str, folder: Path, changes: Mapping[str, str]) -> None:
    text = (SHIPPED / name).read_text("utf-8")
    for old, new in changes.items():
        assert old in text, f"{name}: {old}"
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")


def _main(folder: Path) -> str:
    """What Debian's nginx.conf provides around the shipped files."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.getuid() == 0 else ""
    included = "\n".join(f"include {folder}/{n}.conf;" for n in ("http", "public", "curator"))
    return f"""{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
include /etc/nginx/mime.types;
access_log off;
{temporary}
{included}
}}
"""


def _certificate(folder: Path) -> None:
    """A certificate for localhost that nobody needs to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "test.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "test.key").write_bytes(secret)


def _wait(proxy: Proxy) -> None:
    deadline = time.monotonic() + 20
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    while time.monotonic() < deadline:
        try:
            address = f"https://localhost:{proxy.public}/_stcore/health"
            urllib.request.urlopen(address, timeout=2, context=context).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError((proxy.folder / "log-nginx").read_text("utf-8", "replace"))
