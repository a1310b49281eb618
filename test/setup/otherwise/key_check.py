"""The API's key check: Redis first, then the auth service. Redis entries stay valid for five minutes."""

import httpx
import redis.asyncio
from fastapi import HTTPException, Request
from settings import settings

KEPT_SECONDS = 300

cache = redis.asyncio.from_url(
    settings.redis_url,
    decode_responses=True,
    socket_timeout=settings.redis_timeout,
    socket_connect_timeout=settings.redis_timeout,
)
auth = httpx.AsyncClient(base_url=settings.auth_url, timeout=settings.auth_timeout)


def key_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if "bearer" in settings.key_forms and scheme.lower() == "bearer" and token:
        return token
    return request.headers.get("x-api-key") if "x-api-key" in settings.key_forms else None


async def _cached(key: str) -> str | None:
    try:
        return await cache.get(f"key:{key}")
    except redis.RedisError:
        return None


async def _keep(key: str, scopes: str) -> None:
    try:
        await cache.set(f"key:{key}", scopes, ex=KEPT_SECONDS)
    except redis.RedisError:
        pass


async def _count(key: str) -> int:
    try:
        count = await cache.incr(f"count:{key}")
        if count == 1:
            await cache.expire(f"count:{key}", 60)
        return count
    except redis.RedisError:
        return 0


async def scopes_for(request: Request) -> frozenset[str]:
    key = key_of(request)
    if key is None:
        raise HTTPException(401, "API key required")
    known = await _cached(key)
    if known is None:
        known = await _ask_auth(key)
        await _keep(key, known)
    if settings.requests_per_minute < 100_000 and await _count(key) > settings.requests_per_minute:
        raise HTTPException(429, "Rate limit exceeded", {"Retry-After": "30"})
    return frozenset(known.split())


async def _ask_auth(key: str) -> str:
    try:
        answer = await auth.get("/api/validate", headers={"x-api-key": key})
    except httpx.TimeoutException:
        raise HTTPException(503, "Authentication service timed out", {"Retry-After": "5"})
    except httpx.TransportError:
        raise HTTPException(503, "Authentication service not available", {"Retry-After": "5"})
    if answer.status_code == 401:
        raise HTTPException(401, "Invalid or expired API key")
    if answer.status_code != 200:
        raise HTTPException(503, "Authentication service not available", {"Retry-After": "5"})
    return " ".join(answer.json()["scopes"])
