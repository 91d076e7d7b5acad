import Resources
import Schemas

extension Rule {
  static let brokenSecret = Rule(
    "L154", "broken-secret", .error, .admission,
    "a Secret or ConfigMap with values that the API server cannot read",
    why: "data of a Secret and binaryData of a ConfigMap hold base64; stringData of a Secret and "
      + "data of a ConfigMap hold strings, for which numbers need quotes. The server refuses the "
      + "whole object.",
    bad: "Secret {data: {apiKey: sk-abc}}", good: "Secret {stringData: {apiKey: sk-abc}}",
    reference: Citation.kubernetes("staging/src/k8s.io/api/core/v1/types.go"),
    .document { document, report in
      for (path, message) in document.storedRefusals {
        report.add("the API server refuses it: \(message)", at: path)
      }
    })
}
