import YAML

extension Property {
  /// The metadata that every object has; what controllers fill in is kept.
  static let metadata = metadata(isNamespaced: true)

  /// The server drops the namespace of an object that has none.
  static let clusterMetadata = metadata(isNamespaced: false)

  private static func metadata(isNamespaced: Bool) -> Property {
    Property(
      "metadata",
      .object(
        [
          Property(
            "name", .subdomain, isRequired: true, unless: "generateName",
            help: "The object's name, unique among its kind in the namespace.",
            examples: ["openai-route"],
            source: "kubernetes/apimachinery v0.36.0, pkg/apis/meta/v1/types.go"),
          Property(
            "namespace", isNamespaced ? .string(.objectNamespace) : .string(),
            help: "The namespace of the object. Left out, kubectl takes the current one.",
            examples: ["default"],
            source: "kubernetes/apimachinery v0.36.0, pkg/apis/meta/v1/types.go"),
          Property(
            "labels",
            .map(
              MapSchema(
                key: .labelKey,
                value: Property(
                  "label", .string(.labelValue), help: "A short value that selectors can match."))),
            help:
              "Short marks for selecting objects. A route's labels are copied to its HTTPRoute.",
            examples: ["team: ml"],
            source: Citation.aiGateway("internal/controller/ai_gateway_route.go")),
          Property(
            "annotations",
            .map(
              MapSchema(
                key: .annotationKey,
                value: Property("annotation", .string(), help: "Any text, for people or tools."))),
            help:
              "Free texts for people and tools. A route's annotations are copied to its HTTPRoute.",
            examples: ["owner: platform team"],
            source: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
            asking: ["@annotationsSize"]),
        ] + kept(clusterFields) { ofCluster }),
      isRequired: true, help: "Name, namespace, labels and annotations.",
      source: "kubernetes/apimachinery v0.36.0, pkg/apis/meta/v1/types.go",
      asking: ["@generateName", "@generatedName"], scope: .metadata)
  }

  private static let clusterFields = [
    "generateName", "finalizers", "ownerReferences", "uid", "resourceVersion", "generation",
    "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields",
    "selfLink",
  ]

  private static let ofCluster = SchemaTable.object(
    """
    generateName text
    finalizers list ; @finalizer
      - any
    ownerReferences list ; @owners
      - object ; @owner
        apiVersion text
        kind text
        name text
        uid text
        controller bool
        blockOwnerDeletion bool
    uid text
    resourceVersion text
    generation long
    creationTimestamp text timestamp
    deletionTimestamp text timestamp
    deletionGracePeriodSeconds long
    managedFields list nulls
      - object
        manager text
        operation text
        apiVersion text
        fieldsType text
        subresource text
        time text timestamp
        fieldsV1 any
    selfLink text
    """)

  /// Fields that are written by the cluster or by other tools: forms leave them alone, and the
  /// server checks them by these facts, which are made when one of them is met.
  static func kept(
    _ names: [String], in facts: @escaping @Sendable () -> ObjectSchema
  ) -> [Property] {
    names.map { name in
      let unknown = Property(name, .any, help: "Kept as found.")
      return Property(name, .any, help: "Kept as found.") { facts().property(name) ?? unknown }
    }
  }

  /// A length of time.
  static func time(
    _ name: String, default defaultText: String? = nil, since: SchemaSet = .v0_6, help: String,
    examples: [String] = ["30s"], source: String
  ) -> Property {
    Property(
      name, .duration, default: defaultText.map(Node.string), since: since, help: help,
      examples: examples, source: source)
  }
}
