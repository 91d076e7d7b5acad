import YAML
import Resources

/// What several rules read of a policy.
extension Policy {
  /// The limit in bytes, nil where there is none or it is no size.
  var bufferBytes: Int64? { bufferLimit.flatMap(ByteSize.of) }

  /// The ways of authentication that it asks for.
  var authentication: [String] { Policy.authenticationFields.filter { spec.given($0) != nil } }

  /// Whether a target is a route of AI Gateway, of which L40 says what to target in its place.
  func namesAIRoute(_ target: Target) -> Bool {
    kind != .client
      && [GroupKind.aiGatewayRoute.kind, GroupKind.mcpRoute.kind].contains(target.kind)
  }
}

extension Policy.Kind {
  /// The kinds of Gateway API that its policies can target, and their selectors find.
  var targetedKinds: [String] {
    switch self {
    case .client: ["Gateway"]
    case .security: ["Gateway", "HTTPRoute", "GRPCRoute", "TCPRoute"]
    case .backend, .extensions:
      ["Gateway", "HTTPRoute", "GRPCRoute", "TCPRoute", "UDPRoute", "TLSRoute"]
    }
  }
}
