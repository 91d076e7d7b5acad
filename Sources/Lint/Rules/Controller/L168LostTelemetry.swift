import Resources
import Schemas
import YAML

extension Rule {
  static let lostTelemetry = Rule(
    "L168", "lost-telemetry", .warning, .controller,
    "logs, traces or metrics that Envoy Gateway leaves out",
    why: "Requests are served, but Envoy Gateway leaves out access logs, traces and metrics, from "
      + "the first of the three that it cannot send on, even those that stand in files; and so it "
      + "does where an expression in CEL, for what is logged, cannot be parsed. The Accepted "
      + "condition of the Gateway says why.",
    bad: "tracing: {provider: {backendRefs: [{name: otle, port: 4317}]}}, Service otel",
    good: "tracing: {provider: {backendRefs: [{name: otel, port: 4317}]}}, Service otel",
    reference: Citation.envoyGateway("internal/gatewayapi/listener.go"),
    .bundle { index, report in
      let proxies = index.proxySetup.orderedProxies
      guard !proxies.isEmpty else { return }
      let presence = [
        "Service": ObjectPresence(of: index.servicePorts.keys),
        "Backend": ObjectPresence(of: index.backends.keys),
      ]
      for proxy in proxies {
        for refusal in index.lostTelemetry(of: proxy) {
          report.add(
            "Envoy Gateway leaves it out (\(refusal.condition)); \(refusal.advice)",
            at: refusal.path, in: proxy.index)
        }
        for backend in PolicyBackend.collectors(of: proxy) {
          guard let known = presence[backend.kind], !known.isEmpty, !backend.object.name.isEmpty,
            let missing = known.missingObject(backend.object)
          else { continue }
          report.addMissing(
            backend.kind, backend.object, missing, effect: "Envoy Gateway leaves it out",
            at: backend.path.appending("name"), in: proxy.index)
        }
      }
    })
}
