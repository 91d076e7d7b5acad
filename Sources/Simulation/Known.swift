import Manifest

/// The objects among some documents that routes refer to.
struct Known: Sendable {
  /// AIServiceBackends.
  private(set) var services: [ObjectKey: Node] = [:]
  /// Backends of Envoy Gateway.
  private(set) var backends: [ObjectKey: Node] = [:]
  private(set) var gateways: [ObjectKey: Node] = [:]
  private var grants: [(home: String, spec: Node)] = []

  init(_ documents: [Node]) {
    for document in documents {
      let name = ObjectKey(of: document)
      switch document["kind"]?.text {
      case "AIServiceBackend": services[name] = document
      case "Backend": backends[name] = document
      case "Gateway": gateways[name] = document
      case "ReferenceGrant":
        if let spec = document["spec"] { grants.append((name.namespace, spec)) }
      default: break
      }
    }
  }

  /// A kind with its group.
  struct Kind: Sendable {
    let group: String
    let name: String

    static let route = Kind(group: "aigateway.envoyproxy.io", name: "AIGatewayRoute")
    static let service = Kind(group: "aigateway.envoyproxy.io", name: "AIServiceBackend")
    static let httpRoute = Kind(group: "gateway.networking.k8s.io", name: "HTTPRoute")
    static let backend = Kind(group: "gateway.envoyproxy.io", name: "Backend")
    static let pool = Kind(group: "inference.networking.k8s.io", name: "InferencePool")
  }

  /// Whether a ReferenceGrant lets objects of a kind and namespace refer to a kind in another
  /// namespace (domain.md 2.7); a name in it counts where `name` is given.
  func allows(
    _ source: Kind, of namespace: String, to target: Kind, in home: String, name: String? = nil
  ) -> Bool {
    grants.contains { grant in
      grant.home == home
        && grant.spec.list("from").contains {
          $0["group"]?.text == source.group && $0["kind"]?.text == source.name
            && $0["namespace"]?.text == namespace
        }
        && grant.spec.list("to").contains {
          guard $0["group"]?.text == target.group, $0["kind"]?.text == target.name else {
            return false
          }
          guard let name, let only = $0["name"]?.text else { return true }
          return only == name
        }
    }
  }
}
