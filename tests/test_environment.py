"""One environment told three times: pyproject.toml asks, the lock answers, conda repeats."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock")
}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PLATFORMS = [("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows")]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def asked(lock: str) -> list[Requirement]:
    """Return what a lock must answer: the core its build; in the larger one the extras."""
    project = PROJECT["project"]
    extras = project["optional-dependencies"] if lock == "requirements-dev.lock" else {}
    wanted = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    wanted += [line for extra in extras.values() for line in extra]
    return [Requirement(line) for line in wanted if not line.startswith("tally[")]


def locked(lock: str) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = defaultdict(list)
    for entry in LOCKS[lock].replace("\\\n", " ").splitlines():
        line = re.sub(r"\s+--hash=\S+", "", entry).strip()
        if line:
            requirement = Requirement(line)
            found[canonicalize_name(requirement.name)].append(requirement)
    return found


def on(python: str, platform: str, system: str) -> dict[str, str]:
    return {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": platform,
        "platform_system": system,
    }


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("platform", "system"), PLATFORMS)
@pytest.mark.parametrize("lock", LOCKS)
def test_lock_answers_what_the_project_asks(
    lock: str, python: str, platform: str, system: str
) -> None:
    here = on(python, platform, system)
    answers = locked(lock)
    for wanted in asked(lock):
        if wanted.marker and not wanted.marker.evaluate(here):
            continue
        lines = [
            line
            for line in answers[canonicalize_name(wanted.name)]
            if not line.marker or line.marker.evaluate(here)
        ]
        assert len(lines) == 1, f"{wanted.name} on Python {python}, {platform}: {lines}"
        (pin,) = lines[0].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(Version(pin.version)), f"{wanted} is locked at {pin}"


def test_both_locks_agree() -> None:
    larger = locked("requirements-dev.lock")
    for name, lines in locked("requirements.lock").items():
        pins = {str(line.specifier) for line in lines}
        assert pins <= {str(line.specifier) for line in larger[name]}, name


def test_the_development_extra_takes_in_every_other() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert Requirement(extras["dev"][0]).extras == set(extras) - {"dev"}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_lock_names_versions_and_hashes_and_no_host(lock: str) -> None:
    assert "://" not in lock
    assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find|--trusted|-e|@)", lock, re.M)
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        assert re.match(r"[A-Za-z0-9._-]+==[0-9][^\s;]*( ; [^\\]+)?( \\)?\n", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_python_is_bound_alike_everywhere() -> None:
    bound = PROJECT["project"]["requires-python"]
    assert CONDA["dependencies"][0] == f"python{bound}"
    least = re.escape(bound.removeprefix(">="))
    assert "3.10" not in SpecifierSet(bound)
    for name in ("README.md", "Makefile", ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.search(rf"Python {least} or newer", text), name
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"--python '{bound}'" in makefile
    assert f"< ({', '.join(bound.removeprefix('>=').split('.'))})" in makefile


def test_conda_takes_everything_but_python_from_the_lock() -> None:
    python, pip, (lines) = CONDA["dependencies"]
    assert python.startswith("python>=")
    assert pip == "pip"
    assert lines == {"pip": ["-r requirements.lock"]}
    assert CONDA["channels"] == ["conda-forge"]
    assert CONDA["name"] == PROJECT["project"]["name"]


def test_every_package_of_ours_is_installed() -> None:
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "tally").rglob("*.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages


def test_rules_have_no_exceptions() -> None:
    lint = PROJECT["tool"]["ruff"]["lint"]
    assert not lint.get("ignore")
    assert PROJECT["tool"]["mypy"]["strict"] is True
    assert PROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"] == ["error"]
