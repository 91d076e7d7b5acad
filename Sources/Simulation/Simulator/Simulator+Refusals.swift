import Lint
import Resources
import Schemas
import Synchronization

/// What the API server refuses among the documents of one index, each looked at when it is first
/// asked for.
final class ServerRefusals: Sendable {
  private let release: Release
  /// By document.
  private let known = Mutex<[Int: Finding?]>([:])

  init(for release: Release) { self.release = release }

  /// Why the API server refuses a document of the index, nil where it takes it.
  func refusal(of document: Document) -> Finding? {
    known.withLock { known in
      if let refusal = known[document.index] { return refusal }
      let refusal = Linter.refusal(of: document, for: release)
      known[document.index] = .some(refusal)
      return refusal
    }
  }
}

extension Simulator {
  /// Reserves what depends on objects that the API server refuses: the Gateway, the policy of its
  /// listener, and all that concerns a match and its backends.
  func reserveRefusals(
    _ answer: inout Answer, of candidate: Candidate, _ client: PolicyAttachments.Holder?,
    on listener: CompiledListener
  ) {
    let name = candidate.route.name
    let route = candidate.route.isAI ? index.route(name)?.index : index.httpRoute(name)?.index
    var places = [gateway.flatMap { index.gateways[$0]?.index }, client?.index, route]
      .compactMap { $0 }
    places += traffic(for: candidate, on: listener)?.policies.map(\.index) ?? []
    places += securityPolicies(for: candidate, on: listener).map(\.index)
    places += extensions(for: candidate, on: listener).map(\.index)
    places += configurations + filters(of: candidate)
    for backend in answer.backends where backend.weight > 0 {
      places += self.places(behind: backend)
    }
    for document in places.map({ index.documents[$0] })
    where !answer.judged.contains(document.index) {
      answer.judged.insert(document.index)
      guard let refusal = refusals.refusal(of: document) else { continue }
      let way =
        refusal.stage == .decoding ? "; where it is not strict, it leaves the field out" : ""
      answer.reservations.append(
        "the API server refuses \(document.kind ?? "") \(document.name) (\(refusal.path): "
          + "\(refusal.message)): the cluster goes on with what it has of that name, or without it"
          + way)
    }
  }

  /// The document of the Gateway's GatewayConfig, where it is here.
  private var configurations: [Int] {
    guard let key = gateway.flatMap({ index.gateways[$0]?.gateway.configuration }) else {
      return []
    }
    return index.others(.gatewayConfig).filter { $0.key == key }.map(\.index)
  }

  /// The documents of the HTTPRouteFilters that a rule of a plain HTTPRoute names.
  private func filters(of candidate: Candidate) -> [Int] {
    guard !candidate.route.isAI, let (_, route) = index.httpRoute(candidate.route.name) else {
      return []
    }
    let names = Set(candidate.rule.node.list("filters").compactMap(route.filter))
    return names.isEmpty
      ? [] : index.others(.httpRouteFilter).filter { names.contains($0.key) }.map(\.index)
  }

  /// The documents of what stands behind a backendRef.
  private func places(behind backend: Answer.Backend) -> [Int] {
    let credentials = index.credentials.filter { entry in
      entry.credentials.targets.contains { $0.object == backend.name }
    }.map(\.index)
    guard !backend.isPool, let entry = index.services[backend.name] else { return credentials }
    let quotas = index.quotaPolicies.filter { $0.targets.contains(backend.name) }.map(\.index)
    guard let target = entry.service.backend, let known = index.backends[target] else {
      return [entry.index] + credentials + quotas
    }
    let policies = index.tlsPolicies.filter { entry in
      entry.policy.targets.contains { $0.object == target }
    }
    return [entry.index, known.index] + credentials + quotas + policies.map(\.index)
  }
}
