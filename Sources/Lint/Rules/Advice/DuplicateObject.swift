import Schemas
import Resources
import YAML

extension Rule {
  static let duplicateObject = Rule(
    "object.duplicate", "duplicate-object", .warning, "the same object twice",
    why: "The later document overwrites the earlier one.",
    bad: "two AIGatewayRoutes named chat in one namespace", good: "chat and code",
    reference: Citation.kubernetes(
      "staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go"),
    traits: .form,
    .bundle { bundle, report in
      for place in bundle.repeated {
        guard let identity = bundle.documents[place].identity else { continue }
        report.add(
          "\(identity.kind) \(identity.key.name) is in an earlier document too, which this one "
            + "overwrites; use another name", at: .to("metadata", "name"), in: place)
      }
    })
}
