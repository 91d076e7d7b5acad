import Resources
import Schemas
import YAML

extension Rule {
  static let configurationSecret = Rule(
    "L182", "configuration-secret", .error, .controller,
    "a Gateway whose configuration does not get into its Secret, before AI Gateway 1.1",
    why: "Up to 1.0 AI Gateway writes the configuration of a Gateway's filters into one Secret, "
      + "NAME-NAMESPACE in the namespace of the proxies, without a hash as 1.1 has it. Two Gateways "
      + "with the same such name overwrite it in turn, and one with more than \(StoredData.largestSecret) bytes is "
      + "refused, so that nothing new reaches the proxies.",
    bad: "Gateways edge of llm-a and edge-llm of a, release 1.0",
    good: "the same Gateways, release 1.1",
    reference: Citation.aiGateway(
      "internal/controller/ai_gateway_route.go", release: "v1.0.0"),
    .bundle { index, report in
      for (secret, gateways) in index.sharedConfigurations {
        for gateway in gateways.dropFirst() {
          report.add(
            "AI Gateway \(index.release.rawValue) writes the configurations of this Gateway and of "
              + "\(gateways[0]) into one Secret \(secret), each over the other; use another name",
            at: .to("metadata", "name"), in: index.gateways[gateway]?.index)
        }
      }
      for (gateway, route) in index.oversizedConfigurations {
        report.add(
          "AI Gateway \(index.release.rawValue) writes the configuration of Gateway \(gateway) into "
            + "one Secret, which holds \(StoredData.largestSecret) bytes, and its MCPRoutes take more: "
            + "nothing new reaches the proxies; use AI Gateway 1.1, or more Gateways",
          at: .to("metadata", "name"), in: index.gateways[gateway]?.index ?? route)
      }
    })
}
