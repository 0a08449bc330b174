"""A cluster beside an object store, both on this machine, to be tried out.

    make cluster        start both, say how to ask them, until Ctrl-C

The store keeps its bucket below `var/store` of the working folder, so what was put there is there again next time.
"""

import sys
import time
from pathlib import Path

from onestop.config.cluster import LocalCluster
from onestop.config.object_store import BUCKET, LocalStore

ROOT = Path("var") / "store"


def main() -> None:
    """Keep both until Ctrl-C."""
    ROOT.mkdir(parents=True, exist_ok=True)
    with LocalStore(ROOT) as store, LocalCluster(environment=store.environment) as cluster:
        for name, value in store.environment.items():
            print(f"export {name}={value}")
        settings = "".join(f" --setting {name}={value}" for name, value in cluster.settings.items())
        print(f"\nsets of facts: folders in {ROOT / BUCKET}, asked for as s3://{BUCKET}/NAME")
        print(f"onestop count s3://{BUCKET}/NAME --cluster {cluster.master}{settings}\nCtrl-C ends both.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            sys.exit(0)


if __name__ == "__main__":
    main()
