import Schemas
import YAML
import Resources

extension Rule {
  static let boundedRequests = Rule(
    "limit.requests", "bounded-requests", .warning, .admission,
    "a rate limit that some Kubernetes versions refuse",
    why: "The CRDs of Envoy Gateway 1.8.0 and 1.8.1 bound requests by 4294967295 in a 32-bit "
      + "field. Kubernetes up to 1.35 accepts that; 1.36 refuses every value. Envoy Gateway 1.8.2 "
      + "and 1.9 are fixed.",
    bad: "limit: {requests: 1000, unit: Hour}, on Kubernetes 1.36 with Envoy Gateway 1.8.1",
    good: "the same with Envoy Gateway 1.8.2",
    reference: Citation.envoyGatewayCRD("backendtrafficpolicies"),
    .policy { policy, report in
      guard policy.kind == .backend, report.release > .v0_6 else { return }
      for scope in ["global", "local"] {
        let path = Path.to("spec", "rateLimit", scope, "rules")
        let requests = (policy.node[path]?.items ?? []).map { $0["limit"]?["requests"]?.integer }
        // What is out of bounds is refused everywhere, which the schema says.
        guard let index = requests.firstIndex(where: { (1...4_294_967_295).contains($0 ?? 0) })
        else { continue }
        report.add(
          "requests of Envoy Gateway 1.8.0 and 1.8.1 is refused by Kubernetes 1.36, whatever the "
            + "value; use Envoy Gateway 1.8.2 there",
          at: path.appending(index).appending("limit").appending("requests"))
        return
      }
    })
}
