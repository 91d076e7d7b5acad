import Schemas
import YAML
import Resources

extension Rule {
  static let noBufferLimit = Rule(
    "L11", "no-buffer-limit", .warning, "a Gateway without a buffer limit for AI requests",
    why: "Envoy Gateway buffers at most 32768 bytes of a request. Long prompts, chat histories and "
      + "images exceed that and get 413. If the Gateway is not among the documents, its policy may "
      + "not be either.",
    bad: "AIGatewayRoute on gw, no ClientTrafficPolicy",
    good: "ClientTrafficPolicy {targetRefs: [gw], connection: {bufferLimit: 50Mi}}",
    reference: Upstream.aiGateway("site/docs/getting-started/basic-usage.md"),
    .bundle { index, report in
      var seen: Set<ObjectKey> = []
      for (document, route) in index.routes {
        for (place, parent) in route.parents.enumerated()
        where parent.isGateway && !parent.name.isEmpty {
          let gateway = route.gateway(of: parent)
          guard seen.insert(gateway).inserted else { continue }
          judge(gateway, at: place, of: document, in: index, &report)
        }
      }
    })

  private static func judge(
    _ gateway: ObjectKey, at place: Int, of document: Int, in index: ResourceIndex,
    _ report: inout Report
  ) {
    let known = index.gateways[gateway]?.gateway
    let listeners = known?.listeners.filter { $0.isHTTP && $0.isReady } ?? []
    let names: [String?] = listeners.isEmpty ? [nil] : listeners.map(\.name)
    var open: [String?] = []
    for name in names {
      guard let holder = index.clientTraffic(gateway: gateway, listener: name) else {
        open.append(name)
        continue
      }
      guard holder.policy.bufferLimit == nil, !index.isLimited(gateway, beside: name) else {
        continue
      }
      report.add(
        "the policy sets no bufferLimit: requests above 32768 bytes get 413; use 50Mi",
        at: .bufferLimit, in: holder.index, fix: "write bufferLimit 50Mi",
        .set(.bufferLimit, .string("50Mi")))
      return
    }
    guard !open.isEmpty, !index.isMisplaced(for: gateway) else { return }
    if open.count == names.count {
      // A policy on some listener of a Gateway that is not here, or by labels, may be all it needs.
      if known == nil, index.mayCover(gateway) { return }
      report.add(
        "Gateway \(gateway.name) has no ClientTrafficPolicy here: requests above 32768 bytes "
          + "get 413; write one with bufferLimit 50Mi",
        at: .to("spec", "parentRefs", place), in: document,
        severity: known == nil ? .info : .warning, fix: "write a ClientTrafficPolicy",
        .add(SuggestedObjects.bufferPolicy(gateway: gateway.name, namespace: gateway.namespace)))
    } else {
      report.add(
        "listener \(open.compactMap { $0 }.alternatives) of Gateway \(gateway.name) has no "
          + "ClientTrafficPolicy: requests above 32768 bytes get 413 there; write bufferLimit "
          + "50Mi for the whole Gateway", at: .to("spec", "parentRefs", place), in: document)
    }
  }
}

extension ResourceIndex {
  /// Whether the Gateway's own policy has a limit that a listener's policy takes away.
  fileprivate func isLimited(_ gateway: ObjectKey, beside listener: String?) -> Bool {
    listener.flatMap { clientPolicies[.gateway(gateway, listener: $0)] } != nil
      && clientPolicies[.gateway(gateway)]?.policy.bufferLimit != nil
  }

  /// Whether a policy names the Gateway from another namespace, which is L15's business.
  fileprivate func isMisplaced(for gateway: ObjectKey) -> Bool {
    clientPolicies.all.contains { holder in
      holder.policy.home != gateway.namespace
        && gateways[ObjectKey(holder.policy.home, gateway.name)] == nil
        && holder.policy.targets(kind: "Gateway").contains { $0.name == gateway.name }
    }
  }

  /// Whether a policy for some listener of the Gateway, or for labels, is among the documents.
  fileprivate func mayCover(_ gateway: ObjectKey) -> Bool {
    clientPolicies.all.contains { holder in
      holder.policy.home == gateway.namespace
        && (holder.policy.hasSelectors
          || holder.policy.targets(kind: "Gateway").contains { $0.name == gateway.name })
    }
  }
}
