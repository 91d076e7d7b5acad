import Resources
import YAML

/// An AIServiceBackend with the Backend behind it, as far as that is among the documents.
struct KnownAIServiceBackend {
  /// The AIServiceBackend's document.
  let index: Int
  let service: AIServiceBackend
  let backend: Backend?

  /// Where the schema stands in the document.
  static let schema = Path.to("spec", "schema")
}

extension ResourceIndex {
  /// The AIServiceBackends among the documents, in their order.
  var knownAIServiceBackends: [KnownAIServiceBackend] {
    guard !services.isEmpty else { return [] }
    return documents.compactMap { document in
      guard case .service(let service) = document.content else { return nil }
      return KnownAIServiceBackend(
        index: document.index, service: service,
        backend: service.backend.flatMap { backends[$0]?.backend })
    }
  }

  /// The Backends among the documents, in their order.
  var knownBackends: [(index: Int, backend: Backend)] {
    guard !backends.isEmpty else { return [] }
    return documents.compactMap { document in
      guard case .backend(let backend) = document.content else { return nil }
      return (document.index, backend)
    }
  }

  /// Every target of the BackendTLSPolicies among the documents that is one of these Backends, by
  /// Backend.
  var tlsTargets: [ObjectKey: [TLSTarget]] {
    var found: [ObjectKey: [TLSTarget]] = [:]
    for (index, policy) in tlsPolicies {
      for target in policy.targets where target.kind == .backend {
        found[target.object, default: []].append(
          TLSTarget(index: index, policy: policy, target: target))
      }
    }
    return found
  }

  /// The Backends with one host each behind the AIServiceBackends that a policy is for.
  func hosts(of policy: BackendSecurityPolicy) -> [HostOfTarget] {
    policy.targets.compactMap { target in
      guard target.kind == "AIServiceBackend", let backend = backend(ofService: target.object),
        let host = backend.hosts.first, Set(backend.hosts).count == 1
      else { return nil }
      return HostOfTarget(host: host, backend: backend, path: target.path)
    }
  }
}

/// A BackendTLSPolicy's target that is a Backend.
struct TLSTarget {
  /// The policy's document.
  let index: Int
  let policy: BackendTLSPolicy
  let target: BackendTLSPolicy.Target

  /// Whether it is for a port of the Backend.
  func holds(for port: Int?) -> Bool {
    target.section == nil || target.section == port.map(String.init)
  }
}

/// The only host behind an AIServiceBackend that a policy is for.
struct HostOfTarget {
  let host: String
  let backend: Backend
  /// Where the policy names the AIServiceBackend.
  let path: Path
}
