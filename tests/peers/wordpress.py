"""A real WordPress on loopback: Debian's package, its own MariaDB, PHP's built-in server.

Everything lives in one folder and dies with the context manager. The visitor writes through WordPress's own comment
form; the business answers through REST with an application password.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

PACKAGE = Path("/usr/share/wordpress")
NEEDED = ("mariadbd", "mariadb-install-db", "php")
FLOOD_PAUSE_OFF = "<?php add_filter('comment_flood_filter', '__return_false', 99);\n"

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', '127.0.0.1:{db_port}'); define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_CONTENT_DIR', '{root}/wp-content');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', '{root}/');
require_once ABSPATH . 'wp-settings.php';
"""

SETUP = """<?php
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => '127.0.0.1:{port}', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require '{root}/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Café Morgenrot', 'wirtin', 'wirtin@example.test', true, '', 'ein-langes-passwort');
update_option('permalink_structure', '/%year%/%postname%/');
update_option('comment_moderation', '0'); update_option('comment_previously_approved', '0');
update_option('timezone_string', 'Europe/Berlin'); wp_delete_comment(1, true);
flush_rewrite_rules(false);
"""

PASSWORD = """<?php
$_SERVER += ['HTTP_HOST' => '127.0.0.1:{port}', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require '{root}/wp-load.php';
echo WP_Application_Passwords::create_new_application_password(1, ['name' => 'gelassen'])[0];
"""


def missing() -> list[str]:
    """What this machine lacks to run WordPress, by name."""
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    return lacking + ([] if PACKAGE.is_dir() else ["wordpress"])


@dataclass
class WordPress:
    """The running site; `account` and `password` are the business's REST login."""

    url: str
    account: str
    password: str
    client: httpx2.Client

    def visitor_comments(self, name: str, text: str, *, parent: int = 0) -> int:
        """Write a comment the way a visitor does; returns its id."""
        form = {"author": name, "email": "besuch@example.test", "url": "", "comment": text}
        form |= {"comment_post_ID": "1", "comment_parent": str(parent), "submit": "Kommentar abschicken"}
        answer = self.client.post("/wp-comments-post.php", data=form, follow_redirects=False)
        assert answer.status_code == 302, answer.text
        return int(answer.headers["location"].rsplit("#comment-", 1)[1])

    def edit(self, comment: int, text: str) -> None:
        """Change a comment's text, as its author or a moderator can."""
        login = (self.account, self.password)
        answer = self.client.post(f"/wp-json/wp/v2/comments/{comment}", json={"content": text}, auth=login)
        answer.raise_for_status()

    def delete(self, comment: int) -> None:
        login = (self.account, self.password)
        answer = self.client.delete(f"/wp-json/wp/v2/comments/{comment}?force=true", auth=login)
        answer.raise_for_status()

    def comments(self, **query: Any) -> list[dict[str, Any]]:
        """What the public sees."""
        answer = self.client.get("/wp-json/wp/v2/comments", params={"per_page": 100, **query})
        answer.raise_for_status()
        return list(answer.json())


@contextmanager
def running_wordpress(folder: Path) -> Iterator[WordPress]:
    """Install and start everything below `folder`; about ten seconds on two cores."""
    with ExitStack() as stack:
        db_port, port = free_port(), free_port()
        stack.enter_context(mariadb(folder / "db", db_port))
        root, url = folder / "site", f"http://127.0.0.1:{port}"
        install(root, url=url, port=port, db_port=db_port)
        password = php(folder, PASSWORD.format(root=root, port=port))
        server = ["php", "-S", f"127.0.0.1:{port}", "-t", str(root)]
        stack.enter_context(process(server, folder / "php.log", env={"PHP_CLI_SERVER_WORKERS": "4"}))
        client = stack.enter_context(httpx2.Client(base_url=url, timeout=60))
        wait_until(lambda: client.get("/wp-json/").status_code == 200, "WordPress")
        yield WordPress(url, "wirtin", password.strip(), client)


def install(root: Path, *, url: str, port: int, db_port: int) -> None:
    shutil.copytree(PACKAGE, root, symlinks=False, ignore_dangling_symlinks=True)
    (root / "wp-config.php").unlink(missing_ok=True)
    (root / "wp-config.php").write_text(CONFIG.format(root=root, url=url, db_port=db_port))
    plugins = root / "wp-content" / "mu-plugins"
    plugins.mkdir(parents=True)
    (plugins / "no-flood-pause.php").write_text(FLOOD_PAUSE_OFF)
    php(root.parent, SETUP.format(root=root, port=port))


@contextmanager
def mariadb(data: Path, port: int) -> Iterator[None]:
    data.mkdir(parents=True)
    user = "mysql" if os.getuid() == 0 else os.environ.get("USER", "mysql")
    if os.getuid() == 0:
        shutil.chown(data, "mysql")
        for parent in data.parents:
            if parent.stat().st_uid == 0 and parent != Path("/") and parent.stat().st_mode & 0o001 == 0:
                parent.chmod(parent.stat().st_mode | 0o011)
    common = ["--no-defaults", f"--user={user}", f"--datadir={data}"]
    make = ["mariadb-install-db", *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(make, check=True, capture_output=True)
    server = ["mariadbd", *common, f"--socket={data}/s.sock", f"--port={port}", "--bind-address=127.0.0.1"]
    with process(server, data.parent / "mariadb.log"):
        client = ["mariadb", "--no-defaults", "-uroot", f"--socket={data}/s.sock", "-e"]
        create = [*client, "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"]
        wait_until(lambda: subprocess.run(create, capture_output=True).returncode == 0, "MariaDB")
        yield


def php(folder: Path, code: str) -> str:
    script = folder / "step.php"
    script.write_text(code)
    done = subprocess.run(["php", str(script)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def process(command: list[str], log: Path, env: dict[str, str] | None = None) -> Iterator[None]:
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=out, start_new_session=True, env={**os.environ, **(env or {})}
        )
        try:
            yield
        finally:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def wait_until(ready: Any, what: str, seconds: float = 60) -> None:
    """Wait for a server to answer; only for real peers, which offer no other sign."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except (httpx2.HTTPError, OSError):
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not come up within {seconds:.0f} s")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
