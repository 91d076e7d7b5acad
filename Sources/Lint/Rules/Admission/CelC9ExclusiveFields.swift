import Schemas
import YAML
import Resources

extension Rule {
  static let exclusiveFields = Rule(
    "cel.C9", "exclusive-fields", .error, .admission, "fields that exclude each other",
    why: "compressor is the successor of compression, so only one of them may be set. A request "
      + "that is buffered (requestBuffer) cannot be upgraded (httpUpgrade).",
    bad: "spec: {compression: [], compressor: []}", good: "spec: {compressor: []}",
    reference: Citation.envoyGatewayCRD("backendtrafficpolicies"),
    repair: .automatic,
    .policy { policy, report in
      guard policy.kind == .backend, case .mapping(let spec) = policy.spec else { return }
      if spec.holds("compression"), spec.holds("compressor") {
        report.add(
          "compression and compressor exclude each other; use compressor",
          at: .to("spec", "compression"), field: .to("spec"),
          caution: spec["compression"] == spec["compressor"] ? nil : .guess,
          fix: "remove compression",
          .remove(.to("spec", "compression")))
      }
      if spec.holds("requestBuffer"), !(spec["httpUpgrade"]?.items ?? []).isEmpty {
        report.add(
          "requestBuffer and httpUpgrade exclude each other; leave one out",
          at: .to("spec", "requestBuffer"), field: .to("spec"))
      }
    })
}
