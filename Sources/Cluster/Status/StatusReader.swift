import Resources
import Schemas
import YAML

/// Follows the references of a route from object to object, and collects the status of each.
struct StatusReader {
  let route: AIGatewayRoute
  let index: ResourceIndex
  let snapshot: ClusterSnapshot
  /// The names of the Secrets of a namespace, nil where they may not be listed.
  let secrets: [String: Set<String>]
  private(set) var links: [RouteStatus.Link] = []

  init(
    _ route: AIGatewayRoute, in index: ResourceIndex, of snapshot: ClusterSnapshot,
    secrets: [String: Set<String>]
  ) {
    self.route = route
    self.index = index
    self.snapshot = snapshot
    self.secrets = secrets
    readRoute()
    readHTTPRoute()
    for gateway in route.attachment.gateways { readGateway(gateway) }
    readPolicies()
    readBackends()
    adviseFromBelow()
  }

  /// Where the route's own message names what is missing, what to do about that is said with it.
  private mutating func adviseFromBelow() {
    guard let first = links.first, first.state == .broken,
      let cause = links.dropFirst().first(where: {
        $0.state == .broken && first.message.holds($0.name) && $0.object != "HTTPRoute \(route.key)"
      })
    else { return }
    links[0] = RouteStatus.Link(
      object: first.object, state: first.state, message: first.message,
      advice: "\(cause.object) \(cause.message)\(cause.advice.map { "; \($0)" } ?? "")")
  }

  private mutating func add(
    _ kind: String, _ key: ObjectKey, _ state: LinkState, _ message: String,
    advice: String? = nil
  ) {
    links.append(
      RouteStatus.Link(object: "\(kind) \(key)", state: state, message: message, advice: advice))
  }

  /// An object that is not in the cluster, or of a kind that may not be listed.
  private mutating func addMissing(_ kind: GroupKind, _ key: ObjectKey, advice: String) {
    if snapshot.mayHold(kind, in: key.namespace) {
      add(
        kind.kind, key, .unknown, "may not be read",
        advice: "ask somebody who may list \(kind.kind) objects in \(key.namespace)")
    } else {
      add(kind.kind, key, .broken, "is not in the cluster", advice: advice)
    }
  }

  /// What the conditions of an object say; without any, `whenAbsent` is said.
  private mutating func add(
    _ kind: String, _ node: Node, _ conditions: [ObjectCondition], whenAbsent: String?,
    well: String = "accepted"
  ) {
    let key = ObjectKey(of: node)
    if let bad = conditions.first(where: \.isBad) {
      add(kind, key, .broken, bad.text, advice: bad.advice(for: route.namespace))
    } else if let open = conditions.first(where: \.isUndecided) {
      add(kind, key, .unknown, open.text, advice: open.advice(for: route.namespace))
    } else if let generation = node.generation,
      conditions.contains(where: { $0.generation ?? generation < generation })
    {
      add(
        kind, key, .unknown, "the status is older than the object's last change",
        advice: "ask again in a moment; if it stays so, check that the controller runs")
    } else if let condition = conditions.first {
      add(kind, key, .well, condition.message.isEmpty ? well : condition.message)
    } else if let whenAbsent {
      add(
        kind, key, .broken, whenAbsent,
        advice: "check that the controller runs: kubectl get pods -A | grep -e envoy-ai-gateway "
          + "-e envoy-gateway")
    } else {
      add(kind, key, .well, "is there")
    }
  }

  private mutating func readRoute() {
    add(
      "AIGatewayRoute", route.node, route.node.conditions,
      whenAbsent: "has no status: AI Gateway's controller has not reconciled it")
  }

  private mutating func readHTTPRoute() {
    guard let (_, httpRoute) = index.httpRoute(route.key) else {
      addMissing(
        .httpRoute, route.key,
        advice: "AI Gateway's controller makes it once the AIGatewayRoute is accepted")
      return
    }
    guard httpRoute.isGenerated else {
      add(
        "HTTPRoute", route.key, .broken, "is not the one that AI Gateway generates",
        advice: "rename the AIGatewayRoute or delete the HTTPRoute of that name")
      return
    }
    for parent in route.parents where parent.isGateway {
      let gateway = route.gateway(of: parent)
      let conditions = httpRoute.node.conditions(
        in: "parents", of: "parentRef", for: gateway, section: parent.sectionName)
      add(
        "HTTPRoute", httpRoute.node, conditions,
        whenAbsent: "has no status for Gateway \(gateway): no controller has looked at it")
    }
    if route.parents.isEmpty {
      add(
        "HTTPRoute", route.key, .broken, "is attached to no Gateway",
        advice: "name a Gateway in parentRefs of the AIGatewayRoute")
    }
  }

  private mutating func readGateway(_ key: ObjectKey) {
    guard let (_, gateway) = index.gateways[key] else {
      addMissing(.gateway, key, advice: near(key, among: Array(index.gateways.keys)))
      return
    }
    let listeners = (gateway.node["status"]?.list("listeners") ?? []).filter { listener in
      route.parents.contains {
        route.gateway(of: $0) == key
          && $0.fits(listener: listener["name"]?.text, port: $0.port)
      }
    }.flatMap { $0.list("conditions").map(ObjectCondition.init) }
    // A listener's Conflicted and OverlappingTLSConfig are bad when they are true.
    let negative = ["Conflicted", "OverlappingTLSConfig"]
    add(
      "Gateway", gateway.node,
      gateway.node.conditions + listeners.filter { !negative.contains($0.type) },
      whenAbsent: "has no status: no controller has reconciled it")
  }

  private mutating func readPolicies() {
    let gateways = route.attachment.gateways
    for side in Policy.Kind.allCases {
      for holder in index.policies(side).all where concerns(holder.policy, gateways) {
        let node = holder.policy.node
        let conditions = gateways.flatMap {
          node.conditions(in: "ancestors", of: "ancestorRef", for: $0)
        }
        add(
          side.rawValue, node, conditions,
          whenAbsent: "has no status: Envoy Gateway has not reconciled it")
      }
    }
  }

  /// Whether a policy is for the route or for one of its Gateways.
  private func concerns(_ policy: Policy, _ gateways: [ObjectKey]) -> Bool {
    func isMeant(_ kind: String, _ key: ObjectKey, _ labels: Labels) -> Bool {
      policy.targets(kind: kind).contains { ObjectKey(policy.namespace, $0.name) == key }
        || policy.selectors.contains { selector in
          let isNear: Bool
          switch selector.namespaces {
          case .same: isNear = policy.namespace == key.namespace
          case .all: isNear = true
          case .selected(let wanted):
            isNear =
              wanted.fits(
                namespace: key.namespace, labels: index.labels(ofNamespace: key.namespace)) ?? false
          case .none: isNear = false
          }
          return isNear && selector.kind == kind && selector.labels.fits(labels)
        }
    }
    return isMeant("HTTPRoute", route.key, route.labels)
      || gateways.contains { gateway in
        isMeant("Gateway", gateway, index.gateways[gateway]?.gateway.labels ?? Labels(nil))
      }
  }

  // MARK: Backends

  private mutating func readBackends() {
    var seen: Set<String> = []
    for ref in route.rules.flatMap(\.refs) {
      let key = ref.target(from: route.namespace)
      guard seen.insert("\(ref.isPool)\(key)").inserted else { continue }
      if ref.isPool { readPool(key) } else { readService(key) }
    }
  }

  private mutating func readPool(_ key: ObjectKey) {
    guard index.pools.contains(key),
      let pool = index.others(.inferencePool).first(where: { $0.key == key })
    else {
      addMissing(.inferencePool, key, advice: near(key, among: Array(index.pools)))
      return
    }
    let conditions = (pool.node["status"]?.list("parents") ?? [])
      .flatMap { $0.list("conditions").map(ObjectCondition.init) }
    add("InferencePool", pool.node, conditions, whenAbsent: nil)
    readCredentials(of: .inferencePool, key)
  }

  private mutating func readService(_ key: ObjectKey) {
    guard let service = index.service(key) else {
      addMissing(.aiServiceBackend, key, advice: near(key, among: Array(index.services.keys)))
      return
    }
    add("AIServiceBackend", service.node, service.node.conditions, whenAbsent: nil)
    if let target = service.backend {
      if let place = index.backends[target]?.index {
        let node = index.documents[place].node
        add("Backend", node, node.conditions, whenAbsent: nil)
        readTLS(of: target)
      } else {
        addMissing(.backend, target, advice: near(target, among: Array(index.backends.keys)))
      }
    }
    readCredentials(of: .aiServiceBackend, key)
  }

  private mutating func readTLS(of backend: ObjectKey) {
    for (place, _) in index.tlsPolicies {
      let node = index.documents[place].node
      let targets = node["spec"]?.list("targetRefs") ?? []
      guard ObjectKey(of: node).namespace == backend.namespace,
        targets.contains(where: {
          $0["kind"]?.text == "Backend" && $0["name"]?.text == backend.name
        })
      else { continue }
      let conditions = (node["status"]?.list("ancestors") ?? [])
        .flatMap { $0.list("conditions").map(ObjectCondition.init) }
      add("BackendTLSPolicy", node, conditions, whenAbsent: nil)
    }
  }

  private mutating func readCredentials(of kind: GroupKind, _ key: ObjectKey) {
    for policy in index.credentials(of: kind, key) {
      add("BackendSecurityPolicy", policy.node, policy.node.conditions, whenAbsent: nil)
      for use in policy.secrets {
        guard let names = secrets[use.secret.namespace] else {
          add(
            "Secret", use.secret, .unknown, "may not be read",
            advice: "ask somebody who may list Secrets in \(use.secret.namespace)")
          continue
        }
        if names.contains(use.secret.name) {
          add("Secret", use.secret, .well, "exists; its contents are not read")
        } else {
          add(
            "Secret", use.secret, .broken, "is not in the cluster",
            advice: "create it with the key \(use.key)")
        }
      }
    }
  }

  /// What to do about a name that leads nowhere.
  private func near(_ key: ObjectKey, among keys: [ObjectKey]) -> String {
    let names = keys.filter { $0.namespace == key.namespace }.map(\.name).sorted()
    if let name = NearestWord.match(for: key.name, among: names) { return "did you mean \(name)?" }
    if let other = keys.sorted().first(where: { $0.name == key.name }) {
      return "one of that name is in namespace \(other.namespace)"
    }
    guard !names.isEmpty else { return "create it, or reference an existing one" }
    return "create it, or reference an existing one: \(names.prefix(8).joined(separator: ", "))"
  }
}

extension RouteStatus.Link {
  /// The name of its object alone.
  fileprivate var name: String { object.parts(between: "/").last ?? object }
}
