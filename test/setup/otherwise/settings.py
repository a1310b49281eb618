"""The environment from the API's task definition. Times are in seconds."""

import os
from dataclasses import dataclass


def _flag(name: str) -> bool:
    return os.environ.get(name, "on") == "on"


@dataclass(frozen=True)
class Settings:
    version: str = "2025.11.3"
    auth_url: str = os.environ["AUTH_URL"]
    redis_url: str = os.environ["REDIS_URL"]
    mlflow_uri: str | None = os.environ.get("MLFLOW_TRACKING_URI")
    name_server_port: int = int(os.environ["NAME_SERVER_PORT"])
    auth_timeout: float = float(os.environ["AUTH_TIMEOUT"])
    redis_timeout: float = float(os.environ["REDIS_TIMEOUT"])
    mlflow_timeout: float = float(os.environ["MLFLOW_TIMEOUT"])
    cors_origin: str = os.environ.get("CORS_ORIGIN", "")
    key_forms: tuple[str, ...] = tuple(os.environ.get("KEY_FORMS", "bearer,x-api-key").split(","))
    requests_per_minute: int = int(os.environ.get("REQUESTS_PER_MINUTE", "100000"))
    proxy_routes: bool = _flag("PROXY_ROUTES")
    forwards_credentials: bool = _flag("FORWARDS_CREDENTIALS")
    breaker: bool = os.environ.get("BREAKER", "off") == "on"
    # Share of requests that a bad build answers with 418.
    teapots: float = float(os.environ.get("TEAPOTS", "0"))


settings = Settings()
