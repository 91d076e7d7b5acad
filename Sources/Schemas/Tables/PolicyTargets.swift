import YAML

/// The fields by which policies of Envoy Gateway name what they apply to (envoyproxy/gateway
/// v1.8.1, CRDs clienttrafficpolicies, backendtrafficpolicies and others).
enum PolicyTargets {
  static func properties(kinds: String, source: String) -> [Property] {
    [
      Property(
        "targetRefs",
        .list(
          of: Property(
            "targetRef", reference(kinds: kinds, source: source),
            help: "An object that the policy applies to.", source: source)),
        help: "What the policy applies to: \(kinds) in its own namespace.", source: source),
      Property(
        "targetRef", reference(kinds: kinds, source: source),
        help: "The old way to name one target; use targetRefs.", source: source),
      Property(
        "targetSelectors", selectors(source),
        help: "Targets by their labels.", source: source),
    ]
  }

  /// What goes with targets of some kinds only.
  static func asking(_ field: String, of kinds: String, in schemaSets: String) -> [String] {
    [
      "\(schemaSets) \(field) & targetRef => targetRef.kind=\(kinds)",
      "\(schemaSets) \(field) => targetRefs[].kind=\(kinds)",
      "\(schemaSets) \(field) => targetSelectors[].kind=\(kinds)",
    ]
  }

  private static func reference(kinds: String, source: String) -> Schema {
    .object(
      [
        Property(
          "group", .group, isRequired: true, help: "The API group of the target.",
          examples: ["gateway.networking.k8s.io"], source: source),
        Property(
          "kind", .kind, isRequired: true, help: "\(kinds).", examples: ["Gateway"], source: source),
        Property(
          "name", .objectName, isRequired: true, help: "The target's name.",
          examples: ["my-gateway"], source: source),
        Property(
          "sectionName", .subdomain,
          help: "One listener of a Gateway, or one named rule of an HTTPRoute.",
          examples: ["https"],
          source: source),
      ],
      former: [
        RemovedField(
          "namespace", "is gone since Envoy Gateway 1.1; put the policy into the target's namespace"
        )
      ])
  }

  private static func selectors(_ source: String) -> Schema {
    let expressions = Property(
      "matchExpressions",
      .list(
        of: Property(
          "matchExpression",
          .object([
            Property("key", .string(), isRequired: true, help: "The label.", source: source),
            Property(
              "operator", .string(), isRequired: true, help: "In, NotIn, Exists or DoesNotExist.",
              source: source),
            Property(
              "values",
              .list(of: Property("value", .string(), help: "A label's value.", source: source)),
              help: "The values to compare with.", source: source),
          ]),
          help: "A condition on one label.", source: source)),
      help: "Conditions on labels.", source: source)
    let labels = Property(
      "matchLabels",
      .map(
        MapSchema(
          key: nil,
          value: Property("label", .string(), help: "The label's value.", source: source))),
      help: "Labels that must be there.", source: source)
    return .list(
      of: Property(
        "targetSelector",
        .object([
          Property(
            "group", .group, default: .string("gateway.networking.k8s.io"),
            help: "The API group of the targets.", source: source),
          Property("kind", .kind, isRequired: true, help: "The targets' kind.", source: source),
          labels, expressions,
          Property(
            "namespaces",
            .object([
              Property(
                "from", .choice("Same", "All", "Selector"), isRequired: true,
                default: .string("Same"), help: "In which namespaces targets are looked for.",
                source: source),
              Property(
                "selector", .object([labels, expressions]),
                help: "The namespaces' labels, for from: Selector.", source: source),
            ]),
            since: .v0_7, help: "Where targets are looked for.", source: source),
        ]),
        help: "Targets by their labels.", source: source))
  }
}
