import Resources
import Schemas
import YAML

extension Rule {
  static let unmarkedClusters = Rule(
    "L39.release", "unmarked-clusters", .error, .controller,
    "a rule with one Envoy cluster per Backend before AI Gateway 1.1",
    why:
      "Zone-aware load balancing, Backends of both kinds of address, a Backend that Envoy Gateway "
      + "refuses, and WebSocket beside HTTP/2 each make one cluster per Backend. AI Gateway before "
      + "1.1 leaves such clusters alone: requests go out without credentials, in the client's "
      + "schema, with the client's model.",
    bad: "--for 1.0, and a BackendTrafficPolicy with loadBalancer: {zoneAware: {preferLocal: {}}}",
    good: "the same without zoneAware, or AI Gateway 1.1",
    reference: Citation.aiGateway(
      "internal/extensionserver/post_translate_modify.go", release: "v1.0.0"),
    .bundle { bundle, report in
      guard bundle.release < .v1_1 else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules {
          guard case .each(let reason) = bundle.envoyClusters(of: rule, in: route) else { continue }
          let live = rule.refs.filter { $0.isLive && !$0.isPool }
          guard let first = live.first(where: { bundle.treatment(of: $0, in: route).isNeeded })
          else { continue }
          report.add(
            "\(reason), which AI Gateway \(bundle.release.rawValue) does not support: requests for "
              + "\(first.name) go out as the client wrote them, without credentials; remove the "
              + "cause, or use AI Gateway 1.1",
            at: .to("spec", "rules", rule.index, "backendRefs"), in: index)
        }
      }
    })
}
