import Lint
import Resources
import Schemas

extension Simulator {
  /// Reserves what depends on objects behind a match that the API server refuses: its route, policies,
  /// filters, proxies and backends.
  func reserveRefusals(
    _ answer: inout Answer, of candidate: Candidate, on listener: CompiledListener
  ) {
    let name = candidate.route.name
    let route = candidate.route.isAI ? index.route(name)?.index : index.httpRoute(name)?.index
    var places = [route].compactMap { $0 }
    places += traffic(for: candidate, on: listener)?.policies.map(\.index) ?? []
    places += securityPolicies(for: candidate, on: listener).map(\.index)
    places += extensions(for: candidate, on: listener).map(\.index)
    places += configurations(of: candidate)
    for backend in answer.backends where backend.weight > 0 {
      places += documents(behind: backend.name, isPool: backend.isPool)
    }
    reserveRefusals(&answer, ofDocuments: places)
  }

  /// The same of the routes of the Gateway, of which one that is refused may take what none takes here.
  func reserveRefusalsOfRoutes(_ answer: inout Answer) {
    guard let gateway else { return }
    let own = index.routes.filter { $0.route.attachment.gateways.contains(gateway) }.map(\.index)
    let plain = index.plainHTTPRoutes.filter {
      $0.route.attachment.gateways.contains(gateway)
    }.map(\.index)
    reserveRefusals(&answer, ofDocuments: own + plain)
  }

  /// The same of some documents.
  func reserveRefusals(_ answer: inout Answer, ofDocuments places: [Int]) {
    for document in places.map({ index.documents[$0] })
    where !answer.checkedDocuments.contains(document.index) {
      answer.checkedDocuments.insert(document.index)
      guard let refusal = known.refusal(of: document) else { continue }
      if document.name.isEmpty {
        answer.reservations.append(
          "the \(document.kind ?? "") has no name: it cannot be applied yet")
        continue
      }
      let way =
        refusal.stage == .decoding ? "; where it is not strict, it leaves the field out" : ""
      answer.reservations.append(
        "the API server refuses \(document.kind ?? "") \(document.name) (\(refusal.path): "
          + "\(refusal.message)): the cluster keeps the existing object of that name, if any"
          + way)
    }
  }

  /// The GatewayConfig and the EnvoyProxy of the Gateway, and the HTTPRouteFilters that a rule names.
  private func configurations(of candidate: Candidate) -> [Int] {
    let own = gateway.flatMap { index.gateways[$0]?.gateway }
    let configurations = index.others(.gatewayConfig).filter { $0.key == own?.configuration }
    let proxies = [own.flatMap(index.knownProxy)?.index].compactMap { $0 }
    let filters = candidate.rule.node.list("filters").compactMap {
      routeFilter(of: $0, in: candidate.route.name)
    }
    return (configurations + filters).map(\.index) + proxies
  }

  /// The BackendTLSPolicies that may hold for a Backend: the oldest one, or all where their ages are
  /// not known; none for a port, which AI Gateway does not name (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtlspolicy.go).
  private func tlsPolicies(of backend: ObjectKey) -> [Int] {
    let places = index.tlsPolicies.filter { entry in
      entry.policy.targets.contains { $0.object == backend && $0.section == nil }
    }.map(\.index)
    let ages = places.map { Age(of: index.documents[$0].node) }
    guard let oldest = ages.min(), oldest.created != nil else { return places }
    return zip(places, ages).filter { !$1.differsInTime(from: oldest) }.map(\.0)
  }

  /// The documents of what stands behind a backendRef.
  func documents(behind name: ObjectKey, isPool: Bool) -> [Int] {
    let policies =
      index.credentials.filter { entry in
        entry.credentials.targets.contains { $0.object == name }
      }.map(\.index)
      + index.quotaPolicies.filter { $0.targets.contains(name) }.map(\.index)
    guard !isPool else {
      return policies + index.others(.inferencePool).filter { $0.key == name }.map(\.index)
    }
    guard let entry = index.services[name] else {
      return policies + [index.backends[name]?.index].compactMap { $0 }
    }
    guard let target = entry.service.backend, let known = index.backends[target] else {
      return [entry.index] + policies
    }
    return [entry.index, known.index] + policies + tlsPolicies(of: target)
  }
}
