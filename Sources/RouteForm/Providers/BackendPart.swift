package import Schemas

/// The objects that describe one backend, in the order in which they are applied.
package enum BackendPart: String, Hashable, Sendable, CaseIterable {
  /// Envoy Gateway's Backend: host and port.
  case backend
  /// The BackendTLSPolicy.
  case tls
  /// The BackendSecurityPolicy.
  case credentials
  /// The AIServiceBackend.
  case service
  case pool

  package var resource: ResourceKind {
    switch self {
    case .backend: .backend
    case .tls: .backendTLSPolicy
    case .credentials: .backendSecurityPolicy
    case .service: .aiServiceBackend
    case .pool: .inferencePool
    }
  }
}
