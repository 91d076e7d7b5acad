import YAML

extension ResourceKind {
  /// Which controller serves the Gateways of a class.
  package static let gatewayClass = ResourceKind(
    group: "gateway.networking.k8s.io", kind: "GatewayClass",
    versions: [Version("v1", isStored: true), Version("v1beta1")], isNamespaced: false,
    help: "The controller that serves the Gateways which name the class.",
    spec: Property(
      "spec", .object(SchemaTable.object(gatewayClassFacts, parts: SchemaTable.common)),
      isRequired: true,
      help: "The controller and its settings.",
      source: "kubernetes-sigs/gateway-api v1.5.1, apis/v1/gatewayclass_types.go"),
    status: { gatewayClassStatus })

  private static let gatewayClassFacts = """
    controllerName! text 1..253 controllerName
    description text ..64
    parametersRef object
      group! group
      kind! kind
      name! name
      namespace namespace
    """

  private static let gatewayClassStatus = SchemaTable.status(
    """
    conditions use conditions
    supportedFeatures list
      - object
        name text
    """)
}
