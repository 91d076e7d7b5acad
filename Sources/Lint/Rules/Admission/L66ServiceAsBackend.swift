import Schemas
import Resources
import YAML

extension Rule {
  static let serviceAsBackend = Rule(
    "L66", "service-as-backend", .error, .admission, "an AIServiceBackend that refers to a Service",
    why: "An AIServiceBackend can refer only to a Backend of Envoy Gateway, and without kind the "
      + "reference means a Service. Write a Backend with the Service's host name, such as "
      + "svc.ns.svc.cluster.local.",
    bad: "backendRef: {name: svc, port: 80}",
    good: "backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: svc}",
    reference: Citation.aiGatewayCRD("aiservicebackends"),
    repair: .automatic,
    .service { service, report in
      let path = Path.to("spec", "backendRef")
      guard case .mapping(let target)? = service.node[path] else { return }
      let kind = target["kind"]?.text ?? "Service"
      let group = target["group"]?.text ?? ""
      guard kind != "Backend" || group != "gateway.envoyproxy.io" else { return }
      report.add(
        "backendRef names a \(kind); use a Backend, with group gateway.envoyproxy.io", at: path,
        fix: "write group and kind of Backend",
        .set(path.appending("group"), .string("gateway.envoyproxy.io")),
        .set(path.appending("kind"), .string("Backend")))
    })
}
