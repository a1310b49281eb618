"""Starts LocalStack without Docker, on loopback: start.py PORT DYNAMODB_PORT. Its files stay in the working directory.

LocalStack 4.14.0 expects to run in its own container, with Docker beside it and Python 3.13. Each function here takes
the place of one thing of that container.
"""

import os
import sys


def stay_on_this_machine(port, dynamodb_port):
    """No telemetry, no name server, no download of a certificate, no file outside of the working directory."""
    os.environ.update(
        GATEWAY_LISTEN=f"127.0.0.1:{port}",
        DYNAMODB_LOCAL_PORT=dynamodb_port,
        DISABLE_EVENTS="1",
        DNS_ADDRESS="0",
        SKIP_SSL_CERT_DOWNLOAD="1",
        FILESYSTEM_ROOT=os.getcwd(),
        HOME=os.getcwd(),
        TMPDIR=os.getcwd(),
    )


def listen_on_loopback():
    """The gateway ignores the address of GATEWAY_LISTEN, and would listen on all of them."""
    from functools import partial

    from twisted.internet import endpoints

    endpoints.TCP4ServerEndpoint = partial(endpoints.TCP4ServerEndpoint, interface="127.0.0.1")


def leave_functions_unprepared():
    """Otherwise each new version of a function waits for a Docker image. Nothing is invoked here."""
    from localstack.services.lambda_.invocation.docker_runtime_executor import DockerRuntimeExecutor

    DockerRuntimeExecutor.prepare_version = classmethod(lambda cls, version: None)


def expect_running_dynamodb():
    """Otherwise Java and DynamoDB Local are downloaded. moto listens on DYNAMODB_LOCAL_PORT."""
    from localstack.services.dynamodb.server import DynamodbServer

    DynamodbServer.start_dynamodb = lambda server: True
    DynamodbServer.stop_dynamodb = lambda server: None


stay_on_this_machine(*sys.argv[1:])

from older_python import accept_older_python

accept_older_python()
listen_on_loopback()
leave_functions_unprepared()
expect_running_dynamodb()

import cloudformation
from localstack.runtime.main import main

cloudformation.understand_escaped_variables()
cloudformation.update_options()
main()
