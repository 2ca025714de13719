"""Prove the bundle for an office without Internet: install from it and report, the network off.

Run as root on Linux, with the network on for making the bundle only:

    python benchmarks/offline_bundle.py /usr/bin/python3.11 python3.12 python3.13

Each Python named installs from its own copy of the bundle and makes the report inside a network
namespace that has nothing but a loopback (notebook kernels talk over 127.0.0.1). A damaged wheel
must be refused by name, and a second installation must keep the commune's data. What is for
Windows is resolved and counted, not run.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "offline_bundle.csv"
OFFLINE = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "offline"]
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": tempfile.gettempdir(), "LANG": "C.UTF-8"}


def run(*command: str | Path, ok: bool = True) -> tuple[float, str]:
    """Return seconds and output of a command run with no network."""
    begin = time.perf_counter()
    done = subprocess.run([*OFFLINE, *map(str, command)], env=CLEAN, capture_output=True, text=True)
    if (done.returncode == 0) != ok:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return time.perf_counter() - begin, done.stdout + done.stderr


def make(place: Path) -> tuple[Path, float]:
    """Return the bundle for every system and Python, and the seconds that it took."""
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from laikhe_analysis.cli import main; main()", "bundle",
         "--out", str(place / "bundle")], cwd=ROOT, check=True,
    )  # fmt: skip
    return place / "bundle", time.perf_counter() - begin


def prove(bundle: Path, python: str) -> dict[str, object]:
    """Install and report with one Python; return what was measured."""
    place = bundle.parent / f"máy cơ quan {Path(python).name}" / "bộ cài"
    shutil.copytree(bundle, place, copy_function=os.link)
    wheel = next((place / "wheels").glob("babel-*.whl"))
    whole = wheel.read_bytes()
    wheel.unlink()
    wheel.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    _, told = run(python, place / "install.py", ok=False)
    assert wheel.name in told, told
    wheel.write_bytes(whole)
    installing, told = run(python, place / "install.py")
    assert "Đã cài xong" in told, told
    note = place / "data" / "ghi-chu.txt"
    note.write_text("của xã", encoding="utf-8")
    reporting, _ = run("sh", place / "laikhe.sh", "report")
    assert (place / "build" / "report" / "index.html").stat().st_size > 0
    run(python, place / "install.py")
    assert note.read_text(encoding="utf-8") == "của xã"
    version = subprocess.run([python, "-V"], capture_output=True, text=True).stdout.split()[1]
    row = {"python": version, "install_s": round(installing), "report_s": round(reporting)}
    shutil.rmtree(place.parent)
    return {"target": f"linux_x86_64-{version.rpartition('.')[0]}", **row, "ran": "yes"}


def main() -> None:
    """Make the bundle, prove it with every Python named, write the table."""
    with tempfile.TemporaryDirectory() as temporary:
        bundle, seconds = make(Path(temporary))
        manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
        proved = {row["target"]: row for row in (prove(bundle, name) for name in sys.argv[1:])}
    mb, room = round(manifest["bytes"] / 1e6), 259 - manifest["longest_path"]
    print(f"made in {seconds:.0f} s, {mb} MB, room for a folder's path on Windows: {room} letters")
    columns = ["target", "wheels", "python", "install_s", "report_s", "ran", "bundle_mb"]
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, lineterminator="\n")
        table.writeheader()
        for target, wheels in manifest["targets"].items():
            row = proved.get(target, {"target": target, "ran": "no: wheels resolved only"})
            table.writerow({"wheels": len(wheels), "bundle_mb": mb} | row)
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
