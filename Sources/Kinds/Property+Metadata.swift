import Manifest

extension Property {
  /// The metadata that every namespaced object has; what controllers fill in is kept.
  static let metadata = Property(
    "metadata",
    .object([
      Property(
        "name", .subdomain, isRequired: true, unless: "generateName",
        help: "The object's name, unique among its kind in the namespace.",
        examples: ["openai-route"], source: "domain.md 1.0"),
      Property(
        "namespace", .namespace,
        help: "The namespace of the object. Left out, kubectl takes the current one.",
        examples: ["default"], source: "domain.md 1.0"),
      Property(
        "labels",
        .map(
          MapSchema(
            key: .labelKey,
            value: Property(
              "label", .string(.labelValue), help: "A short mark that selectors can find."))),
        help: "Short marks for selecting objects. A route's labels are copied to its HTTPRoute.",
        examples: ["team: ml"], source: "domain.md 2.3"),
      Property(
        "annotations",
        .map(
          MapSchema(
            key: .annotationKey,
            value: Property("annotation", .string(), help: "Any text, for people or tools."))),
        help: "Free texts for people and tools. A route's annotations are copied to its HTTPRoute.",
        examples: ["owner: platform team"], source: "domain.md 2.3"),
      kept("generateName"), kept("finalizers"), kept("ownerReferences"), kept("uid"),
      kept("resourceVersion"), kept("generation"), kept("creationTimestamp"),
      kept("deletionTimestamp"), kept("deletionGracePeriodSeconds"), kept("managedFields"),
      kept("selfLink"),
    ]),
    isRequired: true, help: "Name, namespace and marks of the object.", source: "domain.md 1.0")

  /// A field that is written by the cluster or by other tools and left alone here.
  static func kept(_ name: String, help: String = "Kept as found.") -> Property {
    Property(name, .any, help: help)
  }

  /// A length of time.
  static func time(
    _ name: String, default defaultText: String? = nil, since: Release = .v0_6, help: String,
    examples: [String] = ["30s"], source: String
  ) -> Property {
    Property(
      name, .duration, default: defaultText.map(Node.string), since: since, help: help,
      examples: examples, source: source)
  }
}
