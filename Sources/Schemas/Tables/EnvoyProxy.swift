import YAML

extension ResourceKind {
  /// How the proxies of a Gateway run, as far as a form writes it; other fields are not validated.
  package static let envoyProxy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "EnvoyProxy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How the proxies of a Gateway run.",
    spec: Property(
      "spec", .object(SchemaTable.object(envoyProxyFacts, parts: SchemaTable.common)),
      isRequired: true,
      help: "Where the proxies run, and as what.",
      source: "envoyproxy/gateway v1.8.1, CRD envoyproxies, line 43"))

  private static let envoyProxyFacts = """
    provider object
      type! choice Kubernetes Host
      kubernetes object
        envoyServiceAccount object
          name text
    """
}
