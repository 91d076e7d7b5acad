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
    selector! object
      * gone Inference Extension 1.0: write labels below matchLabels ; to matchLabels
      matchLabels! map 1..64
        - text 0..63 labelText
    targetPorts! list 1..1
      - object
        number! port
    endpointPickerRef! object ; @pickerPort
      portNumber gone Inference Extension 1.0: write port with number ; key port number
      group text 0..253 group = ''
      kind kind = Service
      name! name
      port object
        number! port
      failureMode choice FailOpen FailClose = FailClose
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
