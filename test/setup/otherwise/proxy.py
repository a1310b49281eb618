"""The API's proxy to MLflow: /api/mlflow/* goes to MLFLOW_TRACKING_URI, whose name the VPC's name server resolves."""

import re
from urllib.parse import urlsplit

import dns.asyncresolver
import dns.exception
import dns.resolver
import httpx
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from key_check import scopes_for
from settings import settings

router = APIRouter()
client = httpx.AsyncClient(timeout=settings.mlflow_timeout)
resolver, blocking_resolver = dns.asyncresolver.Resolver(configure=False), dns.resolver.Resolver(configure=False)
for each in (resolver, blocking_resolver):
    each.nameservers = ["127.0.0.1"]
    each.port = settings.name_server_port
    each.lifetime = 1

BREAKER_THRESHOLD = 3
failures = 0

PASSED_ON = re.compile(r"health|api/2\.0/mlflow(-artifacts)?/.*")
READS = re.compile(r"/(search|get-history-bulk)$")
NOT_PASSED_ON = {"connection", "keep-alive", "te", "transfer-encoding", "upgrade", "content-length", "host"}
CREDENTIALS = {"authorization", "x-api-key"}
NOT_PASSED_BACK = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "server", "date"}


def _is_address(host: str) -> bool:
    return re.fullmatch(r"[\d.]+", host) is not None


async def address_of(host: str) -> str:
    return host if _is_address(host) else (await resolver.resolve(host, "A"))[0].address


def sync_address_of(host: str) -> str:
    return host if _is_address(host) else blocking_resolver.resolve(host, "A")[0].address


@router.get("/api/mlflow/")
async def about(request: Request):
    await scopes_for(request)
    return {"service": "mlflow-proxy", "version": settings.version}


@router.api_route("/api/mlflow/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
async def pass_on(path: str, request: Request):
    scopes = await scopes_for(request)
    if not PASSED_ON.fullmatch(path):
        return JSONResponse({"error_code": "RESOURCE_NOT_FOUND", "message": f"No route for /api/mlflow/{path}"}, 404)
    is_read = READS.search(path) or (request.method == "GET" and "mlflow-artifacts" not in path)
    scope = "mlflow:read" if is_read else "mlflow:write"
    if scope not in scopes:
        raise HTTPException(403, f"Insufficient permissions: scope {scope} required")
    if settings.breaker and failures >= BREAKER_THRESHOLD:
        raise HTTPException(503, "MLflow service is temporarily unavailable: circuit breaker is open")
    return await _ask("/mlflow/health" if path == "health" else f"/{path}", request)


async def _ask(path: str, request: Request) -> Response:
    global failures
    # A missing variable is noticed only by the code that needs it.
    uri = urlsplit(settings.mlflow_uri)
    left_out = NOT_PASSED_ON | (set() if settings.forwards_credentials else CREDENTIALS)
    headers = {name: value for name, value in request.headers.items() if name not in left_out}
    # As deployed: the body of a DELETE is lost.
    body = b"" if request.method == "DELETE" else await request.body()
    try:
        url = httpx.URL(scheme=uri.scheme, host=await address_of(uri.hostname), port=uri.port, path=path)
        answer = await client.request(
            request.method,
            url.copy_with(query=request.url.query.encode() or None),
            headers={**headers, "host": uri.netloc},
            content=body,
        )
    except httpx.TimeoutException:
        failures += 1
        raise HTTPException(504, "MLflow server timed out")
    except (httpx.TransportError, dns.exception.DNSException):
        failures += 1
        raise HTTPException(502, f"Failed to connect to MLflow server at {settings.mlflow_uri}")
    failures = 0
    back = {name: value for name, value in answer.headers.items() if name not in NOT_PASSED_BACK}
    return Response(answer.content, answer.status_code, back)
