package import YAML
import Resources

extension Answer {
  /// The answer as `simulate --format json` prints it.
  package var node: Node {
    .map([
      "status": .integer(status.rawValue),
      "gateway": gateway.map { .string($0.description) } ?? .null,
      "route": route.map(\.node) ?? .null,
      "rule": rule.map(Node.integer) ?? .null,
      "ruleName": ruleName.map(Node.string) ?? .null,
      "match": match.map(Node.integer) ?? .null,
      "reason": .string(reason),
      "backends": .sequence(backends.map(\.node)),
      "timeouts": .map([
        "request": timeouts?.request.map { .string($0.text) } ?? .null,
        "backendRequest": timeouts?.backendRequest.map { .string($0.text) } ?? .null,
        "streamIdle": (timeouts?.streamIdle ?? timeouts?.idle).map { .string($0.text) } ?? .null,
        "maxStreamDuration": timeouts?.maxStream.map { .string($0.text) } ?? .null,
      ]),
      "failover": .sequence(
        failover.map { attempt in
          .map([
            "attempt": .integer(attempt.number), "priority": .integer(attempt.priority),
            "backends": .sequence(attempt.backends.map { .string($0.name) }),
          ])
        }),
      "considered": .sequence(
        considered.map { considered in
          .map([
            "route": considered.route.node,
            "rule": considered.rule.map(Node.integer) ?? .null,
            "match": considered.match.map(Node.integer) ?? .null,
            "outcome": .string(outcome(of: considered)),
            "detail": .string(detail(of: considered)),
          ])
        }),
      "warnings": .sequence(warnings.map(Node.string)),
      "reservations": .sequence(reservations.map(Node.string)),
    ])
  }
}

extension Answer.Backend {
  var node: Node {
    .map([
      "kind": .string(kind), "namespace": .string(name.namespace), "name": .string(name.name),
      "priority": .integer(priority), "weight": .integer(weight),
      "share": .scalar(Scalar(String(share), .float)),
      "model": model.map(Node.string) ?? .null,
      "upstream": upstream?.node ?? .null,
      "failure": failure.map(Node.string) ?? .null,
    ])
  }
}

extension UpstreamRequest {
  var node: Node {
    .map([
      "host": host.map(Node.string) ?? .null, "path": path.map(Node.string) ?? .null,
      "model": model.map(Node.string) ?? .null,
    ])
  }
}

extension ObjectKey {
  var node: Node { .map(["namespace": .string(namespace), "name": .string(name)]) }
}

extension Array where Element == ListedModel {
  /// The list as `GET /v1/models` answers it; dates stay as they are written.
  package var node: Node {
    .map([
      "object": .string("list"),
      "data": .sequence(
        map { model in
          .map([
            "id": .string(model.name), "object": .string("model"),
            "owned_by": .string(model.owner),
            "created": model.created.map(Node.string) ?? .null,
          ])
        }),
    ])
  }
}
