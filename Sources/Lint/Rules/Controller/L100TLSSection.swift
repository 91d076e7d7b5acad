import Schemas
import Resources
import YAML

extension Rule {
  static let tlsSection = Rule(
    "L100.section", "tls-section", .warning, .controller,
    "a BackendTLSPolicy for a port that a Backend or Service is not reached by",
    why: "For a Backend, sectionName is a port number as text, and it counts only if the "
      + "AIServiceBackend's backendRef names that port; for a Service it is the name of a port, "
      + "never a number. Otherwise the policy has no effect: Envoy "
      + "sends plain text, which a provider answers with 400.",
    bad: "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai, sectionName: "
      + "https}]",
    good: "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai}]",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    repair: .automatic,
    .bundle { bundle, report in
      addServices(in: bundle, &report)
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

  /// Reports the sections of Services.
  private static func addServices(in bundle: ResourceIndex, _ report: inout Report) {
    let services = Dictionary(
      bundle.clusterServices.map { ($0.key, $0.node["spec"]?.list("ports") ?? []) },
      uniquingKeysWith: { first, _ in first })
    for (index, policy) in bundle.tlsPolicies {
      for target in policy.targets where target.kind == .service {
        guard let section = target.section, !Variable.isIn(section) else { continue }
        let ports = services[target.object]
        let names = ports?.compactMap { $0.given("name")?.text }
        guard section.isNumber || names?.contains(section) == false else { continue }
        let path = target.path.appending("sectionName")
        let meant =
          ports?.first { $0.given("port")?.scalar?.text == section }?.given("name")?.text
          ?? names.flatMap { NearestWord.match(for: section, among: $0) }
        let advice = meant.map { "write \($0)" } ?? "leave it out"
        report.add(
          (section.isNumber
            ? "sectionName of a Service is the name of its port, and a number is none"
            : "no port of Service \(target.object.name) here is named \(section)")
            + ", so that the policy has no effect; \(advice)", at: path, in: index,
          severity: section.isNumber ? .error : .warning)
        if let meant {
          report.attach(
            Fix(
              "write \(meant)", [.set(document: index, path, .string(meant))],
              caution: section.isNumber ? nil : .writing(meant, for: section)))
        } else if ports?.count == 1 {
          report.attach(Fix("remove sectionName", [.remove(document: index, path)]))
        }
      }
    }
  }
}

extension String {
  /// Whether it is made of digits, as no name of a port is.
  fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension KnownAIServiceBackend {
  /// The port that the reference to the Backend names.
  fileprivate var port: Int? { service.node["spec"]?.given("backendRef", "port")?.integer }
}
