import Resources
import YAML

/// What AI Gateway is to do to the requests for a backendRef.
struct BackendTreatment: Equatable {
  private let override: String?
  /// `headerMutation` and `bodyMutation`, of the backendRef and of the AIServiceBackend.
  private let mutations: [Node]
  private let schema: Node?
  private let credentials: [ObjectKey]

  fileprivate init(of ref: BackendRef, _ service: Node?, _ credentials: [ObjectKey]) {
    override = ref.override.flatMap { $0.isEmpty ? nil : $0 }
    mutations = ["headerMutation", "bodyMutation"].flatMap { field in
      [ref.node.given(field) ?? .null, service?.given(field) ?? .null]
    }
    schema = service?.given("schema")
    self.credentials = credentials
  }

  /// Whether backends do not understand the client's own request.
  var isNeeded: Bool {
    let isTranslated = schema?["name"]?.text.map { $0 != APISchema.openAI.rawValue } ?? false
    return override != nil || !credentials.isEmpty || isTranslated
      || mutations.contains { $0 != .null }
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
