"""Hokusai's API as its documents and responses show it: FastAPI under uvicorn, with one event loop."""

import random

import httpx
import proxy
import redis
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from settings import settings

GLANCE_SECONDS = 0.2
DEEP_TRIES = 2

app = FastAPI()
if settings.cors_origin:
    app.add_middleware(
        CORSMiddleware, allow_origins=[settings.cors_origin], allow_methods=["*"], allow_headers=["*"]
    )
if settings.proxy_routes:
    app.include_router(proxy.router)


@app.middleware("http")
async def bad_build(request: Request, call_next):
    if random.random() < settings.teapots:
        return JSONResponse({"detail": "I'm a teapot"}, 418)
    return await call_next(request)


@app.get("/")
async def root():
    return {"message": "Hokusai API", "version": settings.version}


@app.get("/health/alb")
async def alive():
    return {"status": "healthy"}


@app.get("/api/health")
@app.get("/api/v1/health")
async def shallow():
    return _health({"redis": _is_up(lambda: _ping(GLANCE_SECONDS))})


@app.get("/health")
@app.get("/health/mlflow")
async def deep():
    # As deployed: blocking calls with retries in the only event loop. All other requests wait.
    return _health({"mlflow": _is_up(_ask_mlflow), "redis": _is_up(lambda: _ping(settings.redis_timeout))})


def _health(up: dict[str, bool]) -> dict:
    return {
        "status": "healthy" if all(up.values()) else "degraded",
        "version": settings.version,
        "services": {name: {"status": "healthy" if ok else "unhealthy"} for name, ok in up.items()},
    }


def _is_up(ask) -> bool:
    try:
        ask()
        return True
    except Exception:
        return False


def _ping(timeout: float) -> None:
    redis.Redis.from_url(
        settings.redis_url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=None
    ).ping()


def _ask_mlflow() -> None:
    uri = httpx.URL(settings.mlflow_uri)
    for left in reversed(range(DEEP_TRIES)):
        try:
            address = proxy.sync_address_of(uri.host)
            url = uri.copy_with(host=address, path="/mlflow/health")
            headers = {"host": f"{uri.host}:{uri.port}", "x-api-key": "internal"}
            httpx.get(url, headers=headers, timeout=settings.mlflow_timeout).raise_for_status()
            return
        except Exception:
            if left == 0:
                raise
