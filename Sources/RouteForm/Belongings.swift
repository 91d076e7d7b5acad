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
    let labels = Belongings.labelsOfGateways(among: documents)
    var policyRank = (gateway: Int.max, closeness: Closeness.labels)
    var retryRank = Closeness.labels
    for (place, document) in documents.enumerated() {
      guard let node = document.node else { continue }
      let namespace = Belongings.namespace(of: node)
      switch node["kind"]?.text {
      case "ClientTrafficPolicy":
        let targets = Targets(node)
        for (number, gateway) in gateways.enumerated() {
          let closeness = targets.closeness(
            to: "Gateway", gateway.name, isNear: gateway.namespace == namespace,
            labels: labels[[gateway.namespace, gateway.name ?? ""]])
          guard let closeness else { continue }
          if policy == nil || (number, closeness) < policyRank {
            policyRank = (number, closeness)
            policy = place
          }
        }
      case "BackendTrafficPolicy":
        guard let name = route["metadata"]?["name"]?.text else { continue }
        // The generated HTTPRoute has the route's name and labels (domain.md 2.2).
        let closeness = Targets(node).closeness(
          to: "HTTPRoute", name, isNear: namespace == home,
          labels: route["metadata"]?["labels"] ?? .map([:]))
        guard let closeness else { continue }
        if retry == nil || closeness < retryRank {
          retryRank = closeness
          retry = place
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

  /// The labels of the Gateways that are at hand, by namespace and name.
  private static func labelsOfGateways(among documents: [OpenedDocument]) -> [[String]: Node] {
    var labels: [[String]: Node] = [:]
    for case let node? in documents.lazy.map(\.node) where node["kind"]?.text == "Gateway" {
      guard let name = node["metadata"]?["name"]?.text else { continue }
      labels[[namespace(of: node), name]] = node["metadata"]?["labels"] ?? .map([:])
    }
    return labels
  }
}

/// How a policy names an object, the closest first.
private enum Closeness: Int, Comparable {
  case whole, part, labels

  static func < (left: Closeness, right: Closeness) -> Bool { left.rawValue < right.rawValue }
}

/// What a policy targets, by name and by labels.
private struct Targets {
  private let refs: [Node]
  private let selectors: [LabelSelector]

  init(_ policy: Node) {
    let spec = policy["spec"]
    refs = (spec?["targetRefs"]?.items ?? []) + (spec?["targetRef"].map { [$0] } ?? [])
    selectors = (spec?["targetSelectors"]?.items ?? []).map(LabelSelector.init)
  }

  /// How the policy names an object, `isNear` if that is in its namespace; nil if it does not.
  func closeness(to kind: String, _ name: String?, isNear: Bool, labels: Node?) -> Closeness? {
    let fitting = refs.filter { $0["kind"]?.text == kind && $0["name"]?.text == name }
    if isNear, name != nil, !fitting.isEmpty {
      return fitting.contains { $0["sectionName"] == nil } ? .whole : .part
    }
    let isSelected = selectors.contains { $0.selects(kind, isNear: isNear, labels: labels) }
    return isSelected ? .labels : nil
  }
}
