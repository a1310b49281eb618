"""Prints as JSON what the official client finds on a server: everything that it lists, and the models as their users
see them.

Arguments: the server's address and, to inspect the models, an alias that each of them has.
"""

import hashlib
import json
import os
import sys
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

address, *aliases = sys.argv[1:]
mlflow.set_tracking_uri(address)
client = MlflowClient(address)


def files_of(uri):
    """Checksums of all files below an artifact URI, by path."""
    with tempfile.TemporaryDirectory() as folder:
        root = mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=folder)
        found = {}
        for where, _, names in os.walk(root):
            # The client adds a file of its own to its downloads.
            for name in (each for each in names if each != "registered_model_meta"):
                path = os.path.join(where, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, root)] = hashlib.sha256(file.read()).hexdigest()
        return found


def version_of(version):
    return {
        "version": str(version.version),
        "status": version.status,
        "source": version.source,
        "runId": version.run_id,
        "tags": version.tags,
        "files": files_of(f"models:/{version.name}/{version.version}"),
    }


def look_at(name, alias):
    by_alias = client.get_model_version_by_alias(name, alias)
    run = client.get_run(by_alias.run_id)
    return {
        "name": name,
        "tags": client.get_registered_model(name).tags,
        "versionByAlias": str(by_alias.version),
        "versions": [version_of(version) for version in client.search_model_versions(f"name='{name}'")],
        "run": {
            "id": run.info.run_id,
            "status": run.info.status,
            "params": run.data.params,
            "metrics": run.data.metrics,
            "tags": run.data.tags,
        },
    }


experiments = [each.experiment_id for each in client.search_experiments(view_type=ViewType.ALL)]
runs = client.search_runs(experiments, run_view_type=ViewType.ACTIVE_ONLY)
# Clients before version 3 do not support logged models.
logged = client.search_logged_models(experiments) if hasattr(client, "search_logged_models") else []

models = [each.name for each in client.search_registered_models()]

print(
    json.dumps(
        {
            "models": models,
            "versions": len(client.search_model_versions()),
            "runs": [each.info.run_id for each in runs],
            "loggedModels": [each.model_id for each in logged],
            "looked": [look_at(name, alias) for alias in aliases for name in models],
        }
    )
)
