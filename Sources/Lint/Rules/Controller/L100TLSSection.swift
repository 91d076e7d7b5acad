import Schemas
import Resources
import YAML

extension Rule {
  static let tlsSection = Rule(
    "L100.section", "tls-section", .warning, .controller,
    "a BackendTLSPolicy for a Backend port that no AIServiceBackend names",
    why: "For a Backend, sectionName is a port number as text, and it counts only if the "
      + "AIServiceBackend's backendRef names that port. Otherwise the policy has no effect: Envoy "
      + "sends plain text, which a provider answers with 400.",
    bad: "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai, sectionName: "
      + "https}]",
    good: "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai}]",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    repair: .automatic,
    .bundle { bundle, report in
      let targets = bundle.tlsTargets.values.joined().filter { $0.target.section != nil }
      guard !targets.isEmpty else { return }
      let ports = Dictionary(
        grouping: bundle.knownAIServiceBackends.filter { $0.service.backend != nil },
        by: { $0.service.backend ?? $0.service.key }
      ).mapValues { Set($0.map(\.port)) }
      for target in targets {
        guard let section = target.target.section else { continue }
        let path = target.target.path.appending("sectionName")
        guard Int(section) != nil else {
          report.add(
            "sectionName of a Backend is its port, and \(section.quoted) is none, so that the "
              + "policy has no effect; leave it out", at: path, in: target.index,
            severity: .error, fix: "remove sectionName", .remove(path))
          continue
        }
        let asked = ports[target.target.object] ?? [Int(section)]
        guard !asked.contains(Int(section)) else { continue }
        report.add(
          "no backendRef of an AIServiceBackend here names port \(section) of Backend "
            + "\(target.target.object.name), so that the policy has no effect; leave sectionName "
            + "out", at: path, in: target.index, fix: "remove sectionName", .remove(path))
      }
    })
}

extension KnownAIServiceBackend {
  /// The port that the reference to the Backend names.
  fileprivate var port: Int? { service.node["spec"]?.given("backendRef", "port")?.integer }
}
