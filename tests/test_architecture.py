"""What the design promises about the code: one way of imports, a pure reading half, a clean repository."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "communique"
READING_HALF = (
    "model",
    "errors",
    "vocab",
    "lang",
    "formats",
    "text",
    "find",
    "link",
    "verify",
    "reading",
)

NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "httpx", "requests", "urllib3"}
CHANCE = {"random", "secrets", "uuid", "numpy.random"}
FORBIDDEN_IMPORTS = NETWORK | CHANCE | {"time"}
FORBIDDEN_NAMES = {
    ("os", "environ"),
    ("os", "getenv"),
    ("os", "urandom"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
}


def _reading_modules() -> list[Path]:
    files = [PACKAGE / f"{name}.py" for name in READING_HALF]
    folders = [path for name in READING_HALF for path in sorted((PACKAGE / name).rglob("*.py"))]
    return [path for path in files + folders if path.exists()]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _attributes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        yield name, node.attr


def _is_forbidden(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in FORBIDDEN_IMPORTS)


def _impurities(source: str) -> list[str]:
    tree = ast.parse(source)
    imports = [f"imports {name}" for name in _imported(tree) if _is_forbidden(name)]
    return imports + [f"uses {a}.{b}" for a, b in _attributes(tree) if (a, b) in FORBIDDEN_NAMES]


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_imports_run_one_way() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", _reading_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_reading_half_touches_no_network_clock_chance_or_environment(path: Path) -> None:
    assert _impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import httpx",
        "from urllib.request import urlopen",
        "from urllib import request",
        "import os\nos.environ['HOME']",
        "from datetime import date\ndate.today()",
        "import datetime\ndatetime.datetime.now()",
        "import random",
        "import time",
    ],
)
def test_the_purity_check_sees_what_it_forbids(source: str) -> None:
    assert _impurities(source)


def test_every_vocabulary_file_is_good_toml() -> None:
    paths = sorted(PACKAGE.glob("vocab/**/*.toml")) + sorted(PACKAGE.glob("lang/**/*.toml"))
    assert paths
    for path in paths:
        tomllib.loads(path.read_text(encoding="utf-8"))


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine() -> None:
    # written in halves, so that this file passes its own test
    hosts = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "/opt/" + "pypi")
    folders = ("/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/main", "/wo" + "rk/shared")
    unwanted = re.compile(rf"{'|'.join(map(re.escape, hosts))}|(?<![\w.])(?:{'|'.join(folders)})")
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in _tracked()
        for hit in unwanted.finditer(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


def test_the_locks_pin_every_package_by_hash_and_name_no_place_to_get_it() -> None:
    for lock in sorted(ROOT.glob("requirements*.lock")):
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^[A-Za-z0-9][\w.-]*(?:\[[\w,]+\])?==", text, re.M)
        assert len(pins) > 20
        assert re.findall(r"^--|://|^-[a-z]", text, re.M) == []
        assert len(re.findall(r"^[^\s#]", text, re.M)) == len(pins)
        assert text.count("--hash=sha256:") >= len(pins)
