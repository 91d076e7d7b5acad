import Schemas
import YAML
import Resources

extension Rule {
  static let grantName = Rule(
    "L62", "grant-name", .warning, "a ReferenceGrant for a single named object",
    why: "AI Gateway ignores the name, so a grant for an AIServiceBackend allows more than it "
      + "seems to. Envoy Gateway compares the name with the Backend's, not with the "
      + "AIServiceBackend's.",
    bad: "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: azure}]",
    good: "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]",
    reference: Citation.aiGateway("internal/controller/referencegrant.go"),
    repair: .confirmed,
    .grant { grant, report in
      for (index, target) in grant.to.enumerated() {
        guard let name = target.name, target.target == .aiServiceBackend else { continue }
        let path = Path.to("spec", "to", index, "name")
        report.add(
          "AI Gateway ignores the name \(name.quoted): every AIServiceBackend here may be referred to; "
            + "leave it out", at: path, caution: .opening, fix: "remove name", .remove(path))
      }
    })
}
