import Resources
import Schemas
import YAML

extension Rule {
  static let leakedOverride = Rule(
    "L117.leak", "leaked-override", .warning,
    "a credential of clients that goes on to other backends",
    why: "AI Gateway takes the header with the credential out of requests to the backends of the "
      + "policy only. A request that another backend of the rule serves, by weight or after a failure, "
      + "carries it there, and so does any request of another rule that has it.",
    bad: "credentialOverride of openai, a rule with the backendRefs openai and mistral",
    good: "the same, and mistral with headerMutation: {remove: [x-aigw-api-key]}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { index, report in
      lazy var gateways = index.gatewaysOfServices
      lazy var uses = ServiceUses(index)
      for (document, policy) in index.credentials {
        guard let override = CredentialOverride(policy), let header = override.headers.first,
          !Variable.isIn(header)
        else { continue }
        let services = Set(policy.targets.map(\.object))
        let reached = services.reduce(into: Set<ObjectKey>()) { $0.formUnion(gateways[$1] ?? []) }
        let hosts = Set(services.flatMap { index.backend(ofService: $0)?.hosts ?? [] })
        func isLeak(_ use: ServiceUse) -> Bool {
          !services.contains(use.service)
            && !reached.isDisjoint(with: use.gateways)
            && (use.hosts.isEmpty || !hosts.isSuperset(of: use.hosts))
            && index.passes(header: header, to: use.service)
            && !Optional(use.ref.node).changes(header: header)
        }
        let beside = uses.beside(services).first(where: isLeak)
        guard let leak = beside ?? uses.all.first(where: isLeak) else { continue }
        report.add(
          (beside != nil
            ? "requests of \(leak.title)" : "requests of other rules, as \(leak.title),")
            + " take header \(header) on to AIServiceBackend \(leak.service.name); write "
            + "\(override.inputs.joined(separator: ", ")) into its headerMutation.remove",
          at: .to("spec", "credentialOverride", "fromRequestHeaders"), in: document,
          severity: beside != nil ? .warning : .info)
      }
    })
}

/// A backendRef that serves requests.
private struct ServiceUse {
  let service: ObjectKey
  let hosts: [String]
  let ref: BackendRef
  /// The rule in words.
  let title: String
  /// The Gateways of its route.
  let gateways: [ObjectKey]
}

/// The backendRefs that serve requests, found by the AIServiceBackends of their rules, so that
/// looking for one does not go through all for each policy.
private struct ServiceUses {
  private(set) var all: [ServiceUse] = []
  /// The places of each rule's, by each of its AIServiceBackends.
  private var rules: [ObjectKey: [Range<Int>]] = [:]

  init(_ index: ResourceIndex) {
    for (_, route) in index.routes {
      let gateways = route.attachment.gateways
      for rule in route.rules where !gateways.isEmpty {
        let start = all.count
        for ref in rule.refs where ref.isLive && !ref.isPool {
          let service = ref.target(from: route.namespace)
          all.append(
            ServiceUse(
              service: service, hosts: index.backend(ofService: service)?.hosts ?? [], ref: ref,
              title: "\(rule.title) of AIGatewayRoute \(route.name)", gateways: gateways))
        }
        for service in Set(all[start...].map(\.service)) {
          rules[service, default: []].append(start..<all.count)
        }
      }
    }
  }

  /// Those of the rules that have one of some AIServiceBackends.
  func beside(_ services: Set<ObjectKey>) -> some Sequence<ServiceUse> {
    let places = services.flatMap { rules[$0] ?? [] }.sorted { $0.lowerBound < $1.lowerBound }
    return places.lazy.flatMap { all[$0] }
  }
}
