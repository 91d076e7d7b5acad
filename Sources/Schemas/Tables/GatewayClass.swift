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
    controllerName! text 1..253 controllerName \
        # The controller that runs the Gateways of the class.
    description text ..64 # What the class is for, in words.
    parametersRef object # The object with settings of the controller, such as an EnvoyProxy.
      group! group # The API group of the object, such as gateway.envoyproxy.io.
      kind! kind # The kind of the object, such as EnvoyProxy.
      name! name # The name of the object.
      namespace namespace # The namespace of the object; an EnvoyProxy needs one.
    """

  private static let gatewayClassStatus = SchemaTable.status(
    """
    conditions use conditions
    supportedFeatures list
      - object
        name text
    """)
}
