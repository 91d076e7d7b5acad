#!/usr/bin/env python3
"""Makes exchanges.jsonl of recorded exchanges between kubectl and an API server.

    trim.py FOLDER > exchanges.jsonl

FOLDER holds recordings, one exchange a line (`path`, `request`, `response`, a large body beside it,
gzipped). What the tests need is kept: discovery, lists and dry runs of the groups below, OpenAPI
documents without descriptions and schemas, the CRD of AIGatewayRoutes without descriptions. Server
fields that differ from one recording to the next are dropped.
"""

import gzip
import json
import os
import sys
import urllib.parse

GROUPS = [
    "", "aigateway.envoyproxy.io", "gateway.envoyproxy.io", "gateway.networking.k8s.io",
    "inference.networking.k8s.io", "apiextensions.k8s.io",
]
CORE = ["namespaces", "secrets", "services"]
CRD = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
ROUTES = "aigatewayroutes.aigateway.envoyproxy.io"


def undescribed(value):
    """The value without the descriptions of schemas."""
    if isinstance(value, dict):
        return {
            key: undescribed(item) for key, item in value.items()
            if key != "description" or not isinstance(item, str)
        }
    return [undescribed(item) for item in value] if isinstance(value, list) else value


def unmanaged(value):
    """The object or list without what says who wrote its fields."""
    for item in value.get("items", []) + value.get("rows", []) + [value]:
        metadata = item.get("object", item).get("metadata") or {}
        metadata.pop("managedFields", None)
        metadata.get("annotations", {}).pop("kubectl.kubernetes.io/last-applied-configuration", None)
    return value


def discovery(path, body):
    """A discovery document with the groups that are needed; None for one of another group."""
    if body.get("kind") == "APIGroupDiscoveryList":
        body["items"] = [i for i in body["items"] if i["metadata"].get("name", "") in GROUPS]
        for group in body["items"]:
            for version in group["versions"]:
                if not group["metadata"].get("name"):
                    version["resources"] = [
                        r for r in version["resources"] if r["resource"] in CORE]
    elif body.get("kind") == "APIGroupList":
        body["groups"] = [g for g in body["groups"] if g["name"] in GROUPS]
    elif body.get("kind") == "APIResourceList":
        if path == "/api/v1":
            body["resources"] = [r for r in body["resources"] if r["name"] in CORE]
        elif path.split("/")[2] not in GROUPS:
            return None
    elif path == "/openapi/v3":
        body["paths"] = {
            name: entry for name, entry in body["paths"].items()
            if any(name.startswith(f"apis/{group}/") for group in GROUPS[1:])}
    elif path.startswith("/openapi/v3/"):
        body = undescribed(body)
        body["components"] = {}
    return body


def kept(name, path, exchange):
    """Whether the tests need an exchange."""
    command, method = exchange["command"], exchange["method"]
    if exchange["status"] == 304 or path in ("/version", "/openapi/v2") or "-o name" in command:
        return False
    if method == "GET" and (path in ("/api", "/apis", "/api/v1", "/openapi/v3")
                            or path.startswith("/apis/") and path.count("/") == 3):
        return name in ("kubectl-1.20", "kubectl-1.32")
    if path.startswith("/openapi/v3/apis/"):
        return name == "kubectl-1.32" and any(f"/{group}/" in path for group in GROUPS[1:4])
    if path == CRD:
        return True
    if name == "status-1.32":
        return "custom-columns" not in command and "--raw" not in command and method == "GET"
    return name == "kubectl-1.32" and "--server-side --dry-run=server" in command


def body_of(folder, name, exchange):
    response = exchange["response"]
    if "body_file" in response:
        with gzip.open(os.path.join(folder, response["body_file"])) as file:
            return file.read().decode()
    return response.get("body", "")


def main(folder):
    seen = set()

    def write(method, path, query, accept, request, status, kind, body):
        if isinstance(body, dict):
            body = json.dumps(body, separators=(",", ":"))
        line = json.dumps({
            "method": method, "path": path, "query": query, "accept": accept, "request": request,
            "status": status, "type": kind, "body": body})
        key = (method, path, query, accept.split(",")[0], request)
        if key not in seen:
            seen.add(key)
            print(line)

    for name in ["kubectl-1.32", "status-1.32", "kubectl-1.20"]:
        with open(os.path.join(folder, f"{name}.jsonl")) as lines:
            for exchange in map(json.loads, lines):
                url = urllib.parse.urlsplit(exchange["path"])
                if not kept(name, url.path, exchange):
                    continue
                query = "dryRun=All" if "dryRun=All" in url.query else ""
                accept = exchange["request"]["headers"].get("Accept", "")
                request = exchange["request"].get("body") or ""
                body = json.loads(body_of(folder, name, exchange))
                path, status = url.path, exchange["status"]
                kind = exchange["response"]["headers"].get("Content-Type", "application/json")
                if path == CRD:
                    body = next(i for i in body["items"] if i["metadata"]["name"] == ROUTES)
                    body = {
                        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                        **undescribed(unmanaged(body))}
                    path = f"{CRD}/{ROUTES}"
                elif exchange["method"] == "GET":
                    body = discovery(path, unmanaged(body))
                if body is None:
                    continue
                write(exchange["method"], path, query, accept, request, status, kind, body)
                # A list of one namespace stands for that of all of them.
                parts = path.split("/")
                if body.get("kind", "").endswith("List") and "namespaces" in parts[4:5]:
                    everywhere = "/".join(parts[:4] + parts[6:])
                    write("GET", everywhere, query, accept, request, status, kind, body)


main(sys.argv[1])
