"""Registers a tiny model with the official client: the same work as the synthetic flow, step by step, clean-up
included.

Argument: the server's address. Each line on standard input runs it once and prints `took <milliseconds>`, among the
client's own output.
"""

import hashlib
import os
import sys
import tempfile
import time
import uuid

import mlflow
from mlflow import MlflowClient
from mlflow.entities import LoggedModelOutput, Metric, Param, RunTag
from mlflow.exceptions import MlflowException
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

address = sys.argv[1]
mlflow.set_tracking_uri(address)
client = MlflowClient(address)
experiment_name = "python-client"


def write_model(folder):
    with open(os.path.join(folder, "MLmodel"), "w") as file:
        file.write("artifact_path: model\nflavors:\n  python_function:\n    loader_module: bench\n    data: weights.bin\n")
    with open(os.path.join(folder, "weights.bin"), "wb") as file:
        file.write(os.urandom(256))


def checksums(folder):
    names = ["MLmodel", "weights.bin"]
    return [hashlib.sha256(open(os.path.join(folder, name), "rb").read()).hexdigest() for name in names]


def is_gone(read):
    try:
        read()
    except MlflowException as error:
        return error.error_code == "RESOURCE_DOES_NOT_EXIST"
    return False


def flow():
    flow_id = str(uuid.uuid4())
    name = f"python-client-{flow_id}"
    tags = {"synthetic": "true", "owner": "bench", "environment": "bench", "flow": flow_id, "expires": "never"}
    with tempfile.TemporaryDirectory() as files, tempfile.TemporaryDirectory() as downloads:
        write_model(files)
        # Create it, as training and registration do.
        client.search_registered_models(max_results=1)
        experiment = client.get_experiment_by_name(experiment_name)
        experiment_id = experiment.experiment_id if experiment else client.create_experiment(experiment_name)
        run = client.create_run(experiment_id, run_name=name, tags=tags)
        run_id = run.info.run_id
        now = int(time.time() * 1000)
        client.log_batch(
            run_id,
            metrics=[Metric("accuracy", 0.5, now, 0), Metric("epochs", 3, now, 0)],
            params=[Param("learning_rate", "0.01"), Param("flow", flow_id)],
            tags=[RunTag("logged", flow_id)],
        )
        model = client.create_logged_model(experiment_id, name="model", source_run_id=run_id, tags=tags)
        client.log_outputs(run_id, [LoggedModelOutput(model_id=model.model_id, step=0)])
        client.log_artifacts(run_id, files, "model")
        client.log_model_artifacts(model.model_id, files)
        client.finalize_logged_model(model.model_id, "READY")
        client.create_registered_model(name, tags=tags)
        source = f"{run.info.artifact_uri}/model"
        first = client.create_model_version(name, source, run_id=run_id, tags=tags)
        client.create_model_version(name, f"models:/{model.model_id}", run_id=run_id, tags=tags, model_id=model.model_id)
        client.set_registered_model_alias(name, "candidate", first.version)
        client.set_terminated(run_id)
        assert client.get_run(run_id).data.params["flow"] == flow_id
        assert client.get_model_version_by_alias(name, "candidate").version == first.version
        for version in ("1", "2"):
            place = mlflow.artifacts.download_artifacts(f"models:/{name}/{version}", dst_path=f"{downloads}/{version}")
            assert checksums(place) == checksums(files)
        assert len(client.search_registered_models(f"name='{name}'")) == 1
        # Delete it and check that it is gone.
        client.delete_registered_model_alias(name, "candidate")
        for version in client.search_model_versions(f"name='{name}'"):
            client.delete_model_version(name, version.version)
        client.delete_registered_model(name)
        get_artifact_repository(run.info.artifact_uri).delete_artifacts()
        get_artifact_repository(model.artifact_location).delete_artifacts()
        client.delete_logged_model(model.model_id)
        client.delete_run(run_id)
        assert is_gone(lambda: client.get_registered_model(name))
        assert client.get_run(run_id).info.lifecycle_stage == "deleted"


for _ in sys.stdin:
    began = time.perf_counter()
    flow()
    print("took", (time.perf_counter() - began) * 1000, flush=True)
