#!/usr/bin/env python3
"""Makes exchanges.jsonl of recorded exchanges between kubectl and an API server.

    trim.py FOLDER > exchanges.jsonl

FOLDER holds recordings, one exchange a line (`path`, `request`, `response`, a large body beside it,
gzipped). What the tests need is kept: discovery, lists and dry runs of the groups below, OpenAPI
documents without descriptions and schemas, the CRD of AIGatewayRoutes without descriptions; of the
OpenAPI document for kubectl before 1.27, in protobuf, which objects take a dry run. Server fields that
differ from one recording to the next are dropped.
"""

import base64
import gzip
import json
import os
import sys
import urllib.parse

GROUPS = [
    "", "aigateway.envoyproxy.io", "gateway.envoyproxy.io", "gateway.networking.k8s.io",
    "inference.networking.k8s.io", "apiextensions.k8s.io",
]
CORE = ["configmaps", "namespaces", "secrets", "services"]
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


def varint(data, start):
    value, shift = 0, 0
    while True:
        byte = data[start]
        value |= (byte & 127) << shift
        start, shift = start + 1, shift + 7
        if byte < 128:
            return value, start


def fields(data):
    """The fields of a protobuf message: number, bytes with their key, content of a nested one."""
    start = 0
    while start < len(data):
        key, place = varint(data, start)
        content = None
        if key & 7 == 0:
            _, end = varint(data, place)
        elif key & 7 == 2:
            size, place = varint(data, place)
            end = place + size
            content = data[place:end]
        else:
            end = place + (4 if key & 7 == 5 else 8)
        yield key >> 3, data[start:end], content
        start = end


def nested(number, *parts):
    """A field with a message of some parts in it."""
    data = b"".join(parts)
    size, count = b"", len(data)
    while count > 127:
        size, count = size + bytes([count & 127 | 128]), count >> 7
    return bytes([number << 3 | 2]) + size + bytes([count]) + data


def dry_runs(document):
    """An OpenAPI v2 document with the paths of the groups above, of each only whether its PATCH takes
    a dry run, and of which kind."""
    PATHS, PATH, NAME, VALUE, PATCH, PARAMETERS, EXTENSIONS = 8, 2, 1, 2, 8, 8, 13
    paths = []
    for number, _, content in (f for n, _, c in fields(document) if n == PATHS for f in fields(c)):
        name = next(c for n, _, c in fields(content) if n == NAME).decode()
        if number != PATH or not name.endswith("/{name}"):
            continue
        group = name.split("/")[2] if name.startswith("/apis/") else ""
        if group not in GROUPS[1:5] and name != "/api/v1/namespaces/{name}":
            continue
        item = next(c for n, _, c in fields(content) if n == VALUE)
        for operation in (c for n, _, c in fields(item) if n == PATCH):
            kept = [raw for n, raw, c in fields(operation)
                    if n == EXTENSIONS and b"group-version-kind" in c
                    or n == PARAMETERS and b"dryRun" in c]
            paths.append(nested(PATH, nested(NAME, name.encode()),
                                nested(VALUE, nested(PATCH, *kept))))
    head = [raw for n, raw, _ in fields(document) if n in (1, 2)]
    return b"".join(head) + nested(PATHS, *paths)


def kept(name, path, exchange):
    """Whether the tests need an exchange."""
    command, method = exchange["command"], exchange["method"]
    if exchange["status"] == 304 or path == "/version" or "-o name" in command:
        return False
    if path == "/openapi/v2":
        return name == "kubectl-1.20"
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
            return file.read()
    return response.get("body", "").encode()


def main(folder):
    seen = set()

    def write(method, path, query, accept, request, status, kind, body):
        if isinstance(body, dict):
            body = json.dumps(body, separators=(",", ":")).encode()
        line = json.dumps({
            "method": method, "path": path, "query": query, "accept": accept, "request": request,
            "status": status, "type": kind,
            **({"bytes": base64.b64encode(body).decode()} if "protobuf" in kind
               else {"body": body.decode()})})
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
                body = body_of(folder, name, exchange)
                path, status = url.path, exchange["status"]
                kind = exchange["response"]["headers"].get("Content-Type", "application/json")
                if "protobuf" in kind:
                    write("GET", path, query, accept, request, status, kind, dry_runs(body))
                    continue
                body = json.loads(body)
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
                is_list = body.get("kind", "").endswith(("List", "Table"))
                place = 3 if parts[1] == "api" else 4
                if is_list and parts[place:place + 1] == ["namespaces"] and len(parts) > place + 2:
                    everywhere = "/".join(parts[:place] + parts[place + 2:])
                    write("GET", everywhere, query, accept, request, status, kind, body)


main(sys.argv[1])
