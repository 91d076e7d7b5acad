import Resources
import Schemas
import YAML

extension Rule {
  static let refusedProxy = Rule(
    "L167", "refused-envoyproxy", .error, .controller,
    "an EnvoyProxy that Envoy Gateway refuses or cannot carry out",
    why: "The API server accepts it, but no Gateway with it is accepted: Envoy Gateway takes all "
      + "listeners from the proxies, and clients cannot connect. The Accepted condition of the "
      + "Gateway, or of the GatewayClass, says why. Names that it gives to objects the API server "
      + "has to take: without its Deployment or Service a Gateway has no proxy.",
    bad: "filterOrder: [{name: envoy.filters.http.cors, before: envoy.filters.http.cors}]",
    good: "filterOrder: [{name: envoy.filters.http.cors, before: envoy.filters.http.jwt_authn}]",
    reference: Citation.envoyGateway("api/v1alpha1/validation/envoyproxy_validate.go"),
    .bundle { index, report in
      for proxy in index.proxySetup.orderedProxies {
        for refusal in proxy.refusals {
          report.add(
            "Envoy Gateway refuses it (\(refusal.condition)), and Gateways with it have no "
              + "listeners; \(refusal.advice)", at: refusal.path, in: proxy.index)
        }
        report.add(proxy.podProblems, in: proxy.index)
        for object in proxy.misnamedObjects {
          report.add(
            "the API server takes no \(object.kind) by this name, so that Gateways with it have no "
              + "proxy; use \(object.pattern.description)", at: object.path, in: proxy.index)
        }
      }
      for (document, gateway) in index.gateways.values {
        report.add(gateway.labelProblems, in: document)
      }
    })
}
