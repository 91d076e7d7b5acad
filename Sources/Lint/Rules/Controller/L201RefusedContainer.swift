import Resources
import Schemas
import YAML

extension Rule {
  static let refusedContainer = Rule(
    "L201", "refused-container", .error, .controller,
    "a container that Kubernetes does not create or start",
    why:
      "A container may not ask for more than it is allowed to use, nor run as root where it must "
      + "not: the proxies' Pods are refused, or stay as they are created.",
    bad: "resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}",
    good: "resources: {requests: {memory: 512Mi}, limits: {memory: 1Gi}}",
    reference: Citation.kubernetes("pkg/apis/core/validation/validation.go"),
    .bundle { bundle, report in
      for document in bundle.others(.gatewayConfig) + bundle.others(.envoyProxy) {
        report.add(document.containerProblems, in: document.index)
      }
    })
}
