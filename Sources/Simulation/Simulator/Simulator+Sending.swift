import Resources
import Schemas
import YAML

extension Simulator {
  /// What keeps requests from the backends of a rule on their way there.
  func sendingReservations(
    _ answer: Answer, _ winner: Candidate, _ traffic: EffectiveTraffic?
  ) -> [String] {
    guard winner.route.isAI, let number = winner.rule.index,
      let route = index.route(winner.route.name)?.route, route.rules.indices.contains(number)
    else { return [] }
    let refs = route.rules[number].refs
    var reservations: [String] = []
    func add(_ text: String) {
      if !reservations.contains(text) { reservations.append(text) }
    }
    for part in answer.backends where part.weight > 0 && part.failure == nil && !part.isPool {
      let changes = [
        refs.indices.contains(part.refIndex) ? refs[part.refIndex].node : nil,
        index.service(part.name)?.node["spec"],
      ]
      if changes.contains(where: { $0?.given("headerMutation")?.setsBrokenHeader == true }) {
        add(
          "headerMutation of \(part.name.name) writes a value with a line end, which Envoy refuses: "
            + "requests to it get 500")
      }
      guard let backend = index.backend(ofService: part.name) else { continue }
      if backend.isDynamic {
        add(
          "Backend \(backend.key.name) of type DynamicResolver: requests go to the host that the "
            + "client names, back to the Gateway where it names that")
      }
      if let host = backend.hosts.first(where: ProviderHost.isPublic),
        let policy = traffic?.origin("proxyProtocol")
      {
        add(
          "BackendTrafficPolicy \(policy.name) speaks the PROXY protocol to \(host): unless it "
            + "expects that, requests get 503")
      }
    }
    return reservations
  }
}

extension Node {
  /// Whether a `headerMutation` writes a value that no header can have.
  fileprivate var setsBrokenHeader: Bool {
    list("set").contains { $0["value"]?.text?.contains(where: \.isNewline) == true }
  }
}
