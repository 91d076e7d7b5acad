import YAML

extension ResourceKind {
  /// Model servers in the cluster behind an endpoint picker
  /// (kubernetes-sigs/gateway-api-inference-extension v1.0.2, CRD inferencepools).
  package static let inferencePool = ResourceKind(
    group: "inference.networking.k8s.io", kind: "InferencePool",
    versions: [Version("v1", isStored: true)],
    help: "Model servers in the cluster behind an endpoint picker.",
    spec: Property(
      "spec", .object(SchemaTable.object(inferencePoolFacts, parts: SchemaTable.common)),
      isRequired: true,
      help: "The servers and the picker.", source: Citation.inferenceCRD("inferencepools")),
    status: { inferencePoolStatus })

  private static let inferencePoolFacts = """
    extensionRef gone Inference Extension 1.0: write endpointPickerRef ; to endpointPickerRef
    targetPortNumber gone Inference Extension 1.0: write targetPorts ; value targetPorts number
    selector! object # Which Pods belong to the pool.
      * gone Inference Extension 1.0: write labels below matchLabels ; to matchLabels
      matchLabels! map 1..64 # Labels that the Pods must have, all of them.
        - text 0..63 labelText # The value of this label.
    targetPorts! list 1..1 # The port on which the Pods serve.
      - object # A port on which the Pods serve.
        number! port # The number of the port.
    endpointPickerRef! object ; @pickerPort \
        # The endpoint picker, which chooses a Pod for each request.
      portNumber gone Inference Extension 1.0: write port with number ; key port number
      group text 0..253 group = '' # The API group of the picker; empty for Service.
      kind kind = Service # The kind of the picker.
      name! name # The name of the picker.
      port object # The port of the picker; a Service needs one.
        number! port # The number of the port.
      failureMode choice FailOpen FailClose = FailClose \
          # What happens while the picker does not answer: requests fail (FailClose) or go to \
          any Pod (FailOpen).
    """

  private static let inferencePoolStatus = SchemaTable.status(
    """
    parents list
      - object
        conditions use conditions
        parentRef object
          group text
          kind text
          name text
          namespace text
    """)
}
