import Resources
import Schemas
import YAML

extension Rule {
  static let gatewayClass = Rule(
    "L120", "gateway-class", .warning, .controller,
    "a Gateway whose GatewayClass is missing or belongs to another controller",
    why: "If the GatewayClass of a Gateway is missing, or names another controller than Envoy "
      + "Gateway's, the Gateway keeps the status \"Waiting for controller\": there is no proxy, "
      + "and clients cannot connect. The controller of a class cannot be changed later.",
    bad: "gatewayClassName: envoy-ai-gateway, GatewayClass eg",
    good: "gatewayClassName: eg, GatewayClass eg {controllerName: \(GatewayClass.usualController)}",
    reference: Citation.envoyGateway("internal/provider/kubernetes/controller.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard !bundle.gateways.isEmpty, !bundle.routes.isEmpty else { return }
      let classes = bundle.proxySetup.classes
      let presence = ObjectPresence(of: classes.keys.map { ObjectKey("", $0) })
      var reported: Set<Int> = []
      for (key, entry) in bundle.servedGateways {
        guard let name = entry.gateway.className, !Variable.isIn(name) else { continue }
        guard let known = classes[name] else {
          guard let missing = presence.missingObject(ObjectKey("", name)) else { continue }
          let path = Path.to("spec", "gatewayClassName")
          report.add(
            "GatewayClass \(name) is not here\(missing.hint); while it is missing, Gateway "
              + "\(key.name) has no proxy", at: path, in: entry.index, severity: missing.severity)
          guard let near = missing.near else { continue }
          report.attach(
            Fix(
              "write \(near)", [.set(document: entry.index, path, .string(near))],
              caution: .writing(near, for: name)))
          continue
        }
        guard let controller = known.controller, !bundle.isServed(by: controller),
          reported.insert(known.index).inserted
        else { continue }
        report.add(
          "controller \(controller) is not Envoy Gateway's, so that nobody serves Gateway "
            + "\(key.name); use \(bundle.controllers.alternatives)",
          at: .to("spec", "controllerName"),
          in: known.index)
      }
    })
}

extension ResourceIndex {
  /// The Gateways here that AIGatewayRoutes attach to, in order.
  var servedGateways: [(key: ObjectKey, value: (index: Int, gateway: Gateway))] {
    let served = gatewaysOfRoutes
    return gateways.filter { served.contains($0.key) }.sorted { $0.key < $1.key }
  }

  /// The Gateways here that are Envoy Gateway's: by their class, or since AIGatewayRoutes attach to
  /// them.
  var ownGateways: [(key: ObjectKey, value: (index: Int, gateway: Gateway))] {
    let classes = proxySetup.classes.values.filter { isServed(by: $0.controller ?? "") }
    let names = Set(classes.map(\.name))
    let served = gatewaysOfRoutes
    return gateways.filter { key, entry in
      served.contains(key) || names.contains(entry.gateway.className ?? "")
    }.sorted { $0.key < $1.key }
  }

  /// The Gateways that AIGatewayRoutes attach to, here or not.
  private var gatewaysOfRoutes: Set<ObjectKey> {
    var keys: Set<ObjectKey> = []
    for (_, route) in routes {
      for parent in route.parents where parent.isGateway { keys.insert(route.gateway(of: parent)) }
    }
    return keys
  }
}
