import Kinds
import Manifest

/// The ClientTrafficPolicies and BackendTrafficPolicies among some documents.
struct Policies: Sendable {
  /// A policy and what it is attached to.
  struct Policy: Sendable {
    let name: ObjectKey
    let spec: Node
    let targets: [Target]
    /// Whether it looks for targets by labels, which is not followed here.
    let hasSelectors: Bool

    struct Target: Sendable {
      let kind: String
      let name: String
      let sectionName: String?
    }

    init(_ document: Node) {
      name = ObjectKey(of: document)
      spec = document["spec"] ?? .map([:])
      let refs = spec.list("targetRefs") + (spec.given("targetRef").map { [$0] } ?? [])
      targets = refs.compactMap { ref in
        guard ref["group"]?.text == "gateway.networking.k8s.io" else { return nil }
        return Target(
          kind: ref["kind"]?.text ?? "", name: ref["name"]?.text ?? "",
          sectionName: ref["sectionName"]?.text)
      }
      hasSelectors = !spec.list("targetSelectors").isEmpty
    }

    func targets(_ kind: String, _ object: ObjectKey, section: String?) -> Bool {
      name.namespace == object.namespace
        && targets.contains {
          $0.kind == kind && $0.name == object.name && $0.sectionName == section
        }
    }
  }

  private let client: [Policy]
  private let backend: [Policy]

  init(_ documents: [Node]) {
    var client: [Policy] = []
    var backend: [Policy] = []
    for document in documents {
      switch document["kind"]?.text {
      case "ClientTrafficPolicy": client.append(Policy(document))
      case "BackendTrafficPolicy": backend.append(Policy(document))
      default: break
      }
    }
    // Of two policies on one target the older one holds; of one age they go by name.
    let byName = { (left: Policy, right: Policy) in left.name.precedes(right.name) }
    self.client = client.sorted(by: byName)
    self.backend = backend.sorted(by: byName)
  }

  var hasSelectors: Bool {
    client.contains(where: \.hasSelectors) || backend.contains(where: \.hasSelectors)
  }

  /// The policy for a listener: its own, which replaces the Gateway's (domain.md 1.4).
  func client(of gateway: ObjectKey, listener: String?) -> Policy? {
    if let listener,
      let own = client.first(where: { $0.targets("Gateway", gateway, section: listener) })
    {
      return own
    }
    return client.first { $0.targets("Gateway", gateway, section: nil) }
  }

  /// The policies for a rule, the nearest first, up to the first that replaces those behind it
  /// (domain.md 1.5).
  func backend(of rule: String?, route: ObjectKey, gateway: ObjectKey, listener: String?)
    -> [Policy]
  {
    var chain: [Policy] = []
    let places: [(kind: String, object: ObjectKey, section: String?, isThere: Bool)] = [
      ("HTTPRoute", route, rule, rule != nil), ("HTTPRoute", route, nil, true),
      ("Gateway", gateway, listener, listener != nil), ("Gateway", gateway, nil, true),
    ]
    for place in places where place.isThere {
      guard
        let policy = backend.first(where: {
          $0.targets(place.kind, place.object, section: place.section)
        })
      else { continue }
      chain.append(policy)
      if policy.spec.given("mergeType") == nil { break }
    }
    return chain
  }
}

extension ObjectKey {
  /// Whether it goes first among objects of one age: by the bytes of `namespace/name`.
  func precedes(_ other: ObjectKey) -> Bool {
    description.utf8.lexicographicallyPrecedes(other.description.utf8)
  }
}

/// How a request that failed is tried again (domain.md 3.6).
package struct Retry: Sendable {
  /// The policies that say so, the nearest first.
  package let policies: [ObjectKey]
  /// How often at most, the first try not counted.
  package let retries: Int
  /// After so many tries the next priority is used; nil where retries stay in the first.
  package let attemptsPerPriority: Int?
  package let triggers: [String]
  package let codes: [Int]
  /// As written, nil where a try has no limit of its own.
  package let perTry: String?

  /// What a chain of policies says; nil where none of them has retries.
  init?(_ chain: [Policies.Policy]) {
    let written = chain.filter { $0.spec.given("retry") != nil }
    guard !written.isEmpty else { return nil }
    policies = written.map(\.name)
    func value(_ keys: String...) -> Node? {
      for policy in written {
        var node = policy.spec.given("retry")
        for key in keys { node = node?.given(key) }
        if let node { return node }
      }
      return nil
    }
    retries = max(0, value("numRetries")?.integer ?? 2)
    let attempts = value("numAttemptsPerPriority")?.integer ?? 0
    attemptsPerPriority = attempts > 0 ? attempts : nil
    let hasConditions = value("retryOn") != nil
    triggers =
      value("retryOn", "triggers").map { $0.items.compactMap(\.text) } ?? Retry.defaultTriggers
    let codes = value("retryOn", "httpStatusCodes")?.items.compactMap(\.integer) ?? []
    let counts = triggers.contains("retriable-status-codes")
    self.codes = counts ? (hasConditions ? codes : [503]) : []
    perTry = value("perRetry", "timeout")?.text
  }

  /// Whether a backend that cannot be reached at all is a reason to try again (Envoy).
  var catchesFailedConnections: Bool {
    triggers.contains { ["connect-failure", "5xx", "gateway-error", "reset"].contains($0) }
  }

  private static let defaultTriggers = [
    "connect-failure", "refused-stream", "unavailable", "cancelled", "retriable-status-codes",
  ]
}

/// How much of a request a listener holds (domain.md 1.4).
package struct BufferLimit: Sendable {
  /// Nil for a value that Envoy Gateway refuses: every route of the listener then answers 500.
  package let bytes: Int64?
  package let text: String
  /// The policy that sets it, nil for Envoy Gateway's own.
  package let policy: ObjectKey?

  init(_ policy: Policies.Policy?) {
    guard let policy, let value = policy.spec.given("connection")?.given("bufferLimit") else {
      bytes = 32768
      text = "32768"
      self.policy = nil
      return
    }
    self.policy = policy.name
    text = value.scalar?.text ?? ""
    let size = value.integer.map(Int64.init) ?? value.text.flatMap(Quantity.bytes)
    bytes = size.flatMap { (0...4_294_967_295).contains($0) ? $0 : nil }
  }
}
