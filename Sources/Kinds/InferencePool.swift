import Manifest

extension Resource {
  /// Model servers in the cluster behind an endpoint picker (domain.md 1.8).
  package static let inferencePool = Resource(
    group: "inference.networking.k8s.io", kind: "InferencePool",
    versions: [Version("v1", isStored: true)],
    help: "Model servers in the cluster behind an endpoint picker.",
    spec: Property(
      "spec", .object(Facts.object(inferencePoolFacts, parts: Facts.common)), isRequired: true,
      help: "The servers and the picker.", source: "I-CRD inferencepools L42"),
    status: { inferencePoolStatus })

  private static let inferencePoolFacts = """
    extensionRef gone Inference Extension 1.0: write endpointPickerRef ; to endpointPickerRef
    targetPortNumber gone Inference Extension 1.0: write targetPorts ; value targetPorts number
    endpointPickerRef! object ; @pickerPort
      portNumber gone Inference Extension 1.0: write port with number ; key port number
      failureMode choice FailOpen FailClose = FailClose
      group text 0..253 group = ''
      kind kind = Service
      name! name
      port object
        number! port
    selector! object
      * gone Inference Extension 1.0: write labels below matchLabels ; to matchLabels
      matchLabels! map 1..64
        - text 0..63 labelText
    targetPorts! list 1..1
      - object
        number! port
    """

  private static let inferencePoolStatus = Facts.status(
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
