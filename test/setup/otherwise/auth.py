"""The auth service: validates keys against its records, a file that is re-read for each request."""

import json
import os

from fastapi import FastAPI, HTTPException, Request

app = FastAPI()


@app.get("/")
async def root():
    return {"service": "hokusai-auth", "status": "running"}


@app.get("/health")
@app.get("/health/alb")
async def health():
    return {"status": "healthy", "service": "auth"}


@app.get("/api/validate")
async def validate(request: Request):
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    key = token if scheme.lower() == "bearer" else request.headers.get("x-api-key")
    if not key:
        raise HTTPException(401, "API key required")
    with open(os.environ["KEYS_FILE"]) as file:
        record = json.load(file).get(key)
    if record is None or record["revoked"]:
        raise HTTPException(401, "Invalid or expired API key")
    return {"valid": True, "key_id": record["id"], "scopes": record["scopes"]}
