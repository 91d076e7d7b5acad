import Resources
import Schemas
import YAML

extension Rule {
  static let brokenParameters = Rule(
    "L121", "broken-parameters", .error, .controller,
    "a parametersRef that does not lead to an EnvoyProxy",
    why: "Envoy Gateway accepts only an EnvoyProxy there, and for a Gateway only one in the same "
      + "namespace. Otherwise the Gateway is not accepted and has no proxy: clients cannot "
      + "connect.",
    bad: "EnvoyProxy in envoy-gateway-system, Gateway in default",
    good: "EnvoyProxy and Gateway in default",
    reference: Citation.envoyGateway("internal/provider/kubernetes/controller.go"),
    repair: .automatic,
    .bundle { bundle, report in
      let setup = bundle.proxySetup
      let ours = setup.classes.values.filter { bundle.isServed(by: $0.controller ?? "") }
      guard !bundle.gateways.isEmpty || !ours.isEmpty else { return }
      let presence = ObjectPresence(of: setup.proxies.keys)
      for (key, entry) in bundle.ownGateways {
        guard let parameters = entry.gateway.parameters else { continue }
        let path = Path.to("spec", "infrastructure", "parametersRef")
        report.evaluate(
          parameters, of: "Gateway \(key.name)", in: key.namespace, presence, at: path, entry.index)
        let gatewayClass = entry.gateway.className.flatMap { setup.classes[$0]?.parameters }
        let shared = gatewayClass.map { parameters in
          ObjectKey(
            parameters.given("namespace")?.text ?? WellKnown.defaultNamespace,
            parameters["name"]?.text ?? "")
        }
        if let shared, setup.proxies[shared]?.mergesGateways == true {
          report.add(
            "its class merges all Gateways, so that one with a parametersRef is not accepted; "
              + "leave it out", at: path, in: entry.index, fix: "remove parametersRef",
            .remove(path))
        }
      }
      for known in ours {
        guard let parameters = known.parameters else { continue }
        report.evaluate(
          parameters, of: "GatewayClass \(known.name)",
          in: parameters.given("namespace")?.text ?? WellKnown.defaultNamespace, presence,
          at: .to("spec", "parametersRef"), known.index)
      }
    })
}

extension Report {
  fileprivate mutating func evaluate(
    _ parameters: Node, of owner: String, in namespace: String, _ presence: ObjectPresence,
    at path: Path, _ document: Int
  ) {
    let kind = GroupKind(parameters["group"]?.text ?? "", parameters["kind"]?.text ?? "")
    guard kind == .envoyProxy else {
      add(
        "Envoy Gateway takes an EnvoyProxy only, so that \(owner) is not accepted and has no "
          + "proxy; write group gateway.envoyproxy.io and kind EnvoyProxy", at: path, in: document)
      return
    }
    let wanted = ObjectKey(namespace, parameters["name"]?.text ?? "")
    guard !wanted.name.isEmpty, let missing = presence.missingObject(wanted) else { return }
    addMissing(
      kind.kind, wanted, missing, effect: "\(owner) is not accepted and has no proxy",
      at: path.appending("name"), in: document)
  }
}
