import YAML

extension ResourceKind {
  /// Permission for objects of another namespace to refer to objects here (kubernetes-sigs/gateway-api
  /// v1.5.1, CRD referencegrants).
  package static let referenceGrant = ResourceKind(
    group: "gateway.networking.k8s.io", kind: "ReferenceGrant",
    versions: [Version("v1beta1", isStored: true), Version("v1", since: .v0_7)],
    help: "Lets objects of other namespaces refer to objects in the grant's own namespace.",
    spec: Property(
      "spec",
      .object([
        Property(
          "from",
          .list(
            of: Property(
              "from",
              .object([
                Property(
                  "group", .group, isRequired: true, help: "The API group of the referring object.",
                  examples: ["aigateway.envoyproxy.io"], source: fact(230)),
                Property(
                  "kind", .kind, isRequired: true, help: "The kind of the referring object.",
                  examples: ["AIGatewayRoute"], source: fact(230)),
                Property(
                  "namespace", .namespace, isRequired: true,
                  help: "The namespace of the referring object; there is no wildcard.",
                  examples: ["team-a"], source: fact(230)),
              ]),
              help: "Who may refer.", source: fact(230)),
            min: 1, max: 16),
          isRequired: true, help: "Who may refer to objects here.", source: fact(230)),
        Property(
          "to",
          .list(
            of: Property(
              "to",
              .object([
                Property(
                  "group", .group, isRequired: true, help: "The API group of the objects here.",
                  examples: ["gateway.envoyproxy.io"], source: fact(290)),
                Property(
                  "kind", .kind, isRequired: true, help: "The kind of the objects here.",
                  examples: ["Backend"], source: fact(290)),
                Property(
                  "name", .objectName,
                  help: "A single object. AI Gateway ignores this field, Envoy Gateway checks it.",
                  examples: ["openai"], source: fact(290)),
              ]),
              help: "What may be referred to.", source: fact(290)),
            min: 1, max: 16),
          isRequired: true, help: "Which objects here may be referred to.", source: fact(290)),
      ]),
      help: "Who may refer to what.", source: fact(230)))

  private static func fact(_ line: Int) -> String {
    Citation.gatewayAPICRD("referencegrants", line: line)
  }
}
