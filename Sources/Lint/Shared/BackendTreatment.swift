import Resources
import YAML

/// What AI Gateway is to do to the requests for a backendRef.
struct BackendTreatment: Equatable {
  private let override: String?
  /// `headerMutation` of the backendRef and of the AIServiceBackend.
  private let headerMutations: [Node?]
  private let bodyMutations: [Node?]
  private let schema: Node?
  private let credentials: [ObjectKey]

  fileprivate init(of ref: BackendRef, _ service: Node?, _ credentials: [ObjectKey]) {
    override = ref.override.flatMap { $0.isEmpty ? nil : $0 }
    headerMutations = [ref.node, service].map { $0?.given("headerMutation") }
    bodyMutations = [ref.node, service].map { $0?.given("bodyMutation") }
    schema = service?.given("schema")
    self.credentials = credentials
  }

  /// Whether backends do not understand the client's own request.
  var isNeeded: Bool {
    let isTranslated = schema?["name"]?.text.map { $0 != APISchema.openAI.rawValue } ?? false
    return override != nil || !credentials.isEmpty || isTranslated
      || (headerMutations + bodyMutations).contains { $0 != nil }
  }

  /// Whether backends get a body of AI Gateway's making, whatever the client's is.
  var writesBody: Bool {
    override != nil || bodyMutations.contains { $0 != nil }
      || schema?["name"]?.text.flatMap(APISchema.init)?.isSpokenByNoClient ?? false
  }
}

extension ResourceIndex {
  /// What AI Gateway is to do to the requests for a backendRef, as far as the documents say.
  func treatment(of ref: BackendRef, in route: AIGatewayRoute) -> BackendTreatment {
    let target = ref.target(from: route.namespace)
    return BackendTreatment(
      of: ref, service(target)?.node["spec"],
      credentials(of: .aiServiceBackend, target).map(\.key))
  }
}

extension APISchema {
  /// Whether no client speaks it, so that AI Gateway writes the body of every request to it.
  fileprivate var isSpokenByNoClient: Bool {
    switch self {
    case .awsBedrock, .awsAnthropic, .gcpVertexAI, .gcpAnthropic: true
    case .openAI, .anthropic, .azureOpenAI, .cohere: false
    }
  }
}
