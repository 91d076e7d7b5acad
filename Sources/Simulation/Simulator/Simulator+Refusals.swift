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

  /// The documents of what stands behind a backendRef.
  private func places(behind backend: Answer.Backend) -> [Int] {
    let credentials = index.credentials.filter { entry in
      entry.credentials.targets.contains { $0.object == backend.name }
    }.map(\.index)
    if backend.isPool {
      return index.inferencePools.filter { $0.key == backend.name }.map(\.index) + credentials
    }
    guard let entry = index.services[backend.name] else { return credentials }
    guard let target = entry.service.backend, let known = index.backends[target] else {
      return [entry.index] + credentials
    }
    let policies = index.tlsPolicies.filter { entry in
      entry.policy.targets.contains { $0.object == target }
    }
    return [entry.index, known.index] + credentials + policies.map(\.index)
  }
}
