import Resources
import Schemas

extension Rule {
  static let refusedProxy = Rule(
    "L167", "refused-envoyproxy", .error, .controller,
    "an EnvoyProxy that Envoy Gateway refuses",
    why: "The API server accepts it, but no Gateway with it is accepted: Envoy Gateway takes all "
      + "listeners from the proxies, and clients cannot connect. The Accepted condition of the "
      + "Gateway, or of the GatewayClass, says why.",
    bad: "filterOrder: [{name: envoy.filters.http.cors, before: envoy.filters.http.cors}]",
    good: "filterOrder: [{name: envoy.filters.http.cors, before: envoy.filters.http.jwt_authn}]",
    reference: Upstream.envoyGateway("api/v1alpha1/validation/envoyproxy_validate.go"),
    .bundle { index, report in
      for proxy in index.proxySetup.proxies.values.sorted(by: { $0.index < $1.index }) {
        for refusal in proxy.refusals {
          report.add(
            "Envoy Gateway refuses it (\(refusal.condition)), and Gateways with it have no "
              + "listeners; \(refusal.advice)", at: refusal.path, in: proxy.index)
        }
      }
    })
}
