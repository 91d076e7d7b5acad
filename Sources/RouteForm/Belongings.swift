internal import Manifest

/// What belongs to a route among other documents, found by the references that lead there or back.
struct Belongings {
  /// A ReferenceGrant and the controller that it serves first.
  struct Grant {
    let place: Int
    let namespace: String
    let role: FormState.Grant.Role
  }

  /// The ClientTrafficPolicy of the route's first Gateway that has one.
  private(set) var policy: Int?
  /// The BackendTrafficPolicy of the generated HTTPRoute, which has the route's name.
  private(set) var retry: Int?
  /// The grants that let the route into the namespaces of its backends.
  private(set) var grants: [Grant] = []

  /// Where kubectl puts objects that name no namespace.
  private static let fallback = "default"

  init(of route: Node, among documents: [OpenedDocument]) {
    let home = Belongings.namespace(of: route)
    let gateways = (route["spec"]?["parentRefs"]?.items ?? []).map { parent in
      (name: parent["name"]?.text, namespace: parent["namespace"]?.text ?? home)
    }
    let foreign = Belongings.foreignNamespaces(of: route, home)
    var rank = (gateway: Int.max, isPart: true)
    var isForRule = true
    for (place, document) in documents.enumerated() {
      guard let node = document.node else { continue }
      let namespace = Belongings.namespace(of: node)
      switch node["kind"]?.text {
      case "ClientTrafficPolicy":
        for target in Belongings.targets(of: node) where target.kind == "Gateway" {
          let found = gateways.firstIndex { $0.name == target.name && $0.namespace == namespace }
          guard let found else { continue }
          let new = (gateway: found, isPart: target.isPart)
          if (new.gateway, new.isPart ? 1 : 0) < (rank.gateway, rank.isPart ? 1 : 0) {
            rank = new
            policy = place
          }
        }
      case "BackendTrafficPolicy":
        guard namespace == home, let name = route["metadata"]?["name"]?.text else { continue }
        for target in Belongings.targets(of: node)
        where target.kind == "HTTPRoute" && target.name == name {
          if retry == nil || isForRule && !target.isPart {
            retry = place
            isForRule = target.isPart
          }
        }
      case "ReferenceGrant":
        guard foreign.contains(namespace),
          let role = Belongings.roles(of: node, for: home).first
        else { continue }
        grants.append(Grant(place: place, namespace: namespace, role: role))
      default: continue
      }
    }
  }

  /// The controllers that a grant serves for objects of a namespace (domain.md 2.7).
  static func roles(of grant: Node, for namespace: String?) -> [FormState.Grant.Role] {
    // A grant that the form makes leaves open what the route leaves open.
    let names = [namespace ?? fallback, namespace ?? ""]
    let from = (grant["spec"]?["from"]?.items ?? []).filter { from in
      from["namespace"]?.text.map(names.contains) ?? false
    }
    return FormState.Grant.Role.allCases.filter { role in
      from.contains { $0["kind"]?.text == (role == .route ? "AIGatewayRoute" : "HTTPRoute") }
    }
  }

  private static func namespace(of node: Node) -> String {
    node["metadata"]?["namespace"]?.text ?? fallback
  }

  private static func foreignNamespaces(of route: Node, _ home: String) -> Set<String> {
    var found: Set<String> = []
    for rule in route["spec"]?["rules"]?.items ?? [] {
      for ref in rule["backendRefs"]?.items ?? [] {
        if let namespace = ref["namespace"]?.text, namespace != home { found.insert(namespace) }
      }
    }
    return found
  }

  /// What a policy targets; a target with a section is a part of an object.
  private static func targets(of policy: Node) -> [(kind: String?, name: String?, isPart: Bool)] {
    let spec = policy["spec"]
    let targets = (spec?["targetRefs"]?.items ?? []) + (spec?["targetRef"].map { [$0] } ?? [])
    return targets.map { ($0["kind"]?.text, $0["name"]?.text, $0["sectionName"] != nil) }
  }
}
