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
    .document { document, report in
      for path in document.placesOfContainers {
        guard let container = document.node[path] else { continue }
        addAmounts(of: container, at: path, &report)
        let security = path.appending("securityContext")
        if let user = document.node[security],
          user.given("runAsUser")?.integer == 0, user.given("runAsNonRoot")?.bool == true
        {
          report.add(
            "user 0 is root, as which the container must not run; use another user",
            at: security.appending("runAsUser"))
        }
      }
    })

  private static func addAmounts(of container: Node, at path: Path, _ report: inout Report) {
    let limits = container.given("resources", "limits")
    for request in container.given("resources", "requests")?.entries ?? [] {
      guard let asked = request.value.scalar?.text, !Variable.isIn(asked),
        let most = limits?.given(request.key)?.scalar?.text,
        let amount = Quantity.amount(of: asked), let limit = Quantity.amount(of: most),
        amount > limit
      else { continue }
      report.add(
        "\(request.key) \(asked) is more than its limit \(most), so that no Pod is created; ask for "
          + "at most that", at: path.appending(.to("resources", "requests", request.key)))
    }
  }
}

extension Document {
  /// Where containers of the proxies' Pods are described.
  fileprivate var placesOfContainers: [Path] {
    if kind == GroupKind.gatewayConfig.kind { return [.to("spec", "extProc", "kubernetes")] }
    guard kind == GroupKind.envoyProxy.kind else { return [] }
    return ["envoyDeployment", "envoyDaemonSet"].map {
      .to("spec", "provider", "kubernetes", $0, "container")
    }
  }
}
