package import Schemas

/// What AI Gateway does at a path (envoyproxy/ai-gateway v1.1.0, cmd/extproc/mainlib/main.go).
package enum Endpoint: Sendable {
  /// It looks for a backend.
  case forwarded(ServedEndpoint)
  /// It lists the models itself.
  case models

  /// The paths that it knows, below its root prefix.
  package static let paths: [(path: String, endpoint: Endpoint)] =
    ServedEndpoint.allCases.map { ($0.path, .forwarded($0)) }
    + [("/v1/models", .models), ("/anthropic/v1/models", .models)]

  /// Nil for a path that a release does not know.
  package static func of(_ path: String, below prefix: String, in release: Release) -> Endpoint? {
    let root = prefix.utf8.last == UInt8(ascii: "/") ? prefix.utf8.dropLast() : prefix.utf8[...]
    guard path.utf8.starts(with: root) else { return nil }
    let rest = path.utf8.dropFirst(root.count)
    guard let known = paths.first(where: { rest.elementsEqual($0.path.utf8) }) else { return nil }
    let isServed =
      switch known.endpoint {
      case .forwarded(let endpoint): !endpoint.schemas(in: release).isEmpty
      case .models: release >= .v1_1 || known.path == "/v1/models"
      }
    return isServed ? known.endpoint : nil
  }
}
