import Kinds
import Manifest

// The admission rules of both traffic policies (domain.md 1.4, 1.5).

extension Rule {
  static let oneWayOfTargeting = Rule(
    "cel.C1", .error, .admission, "no target, or targetRef beside targetRefs",
    why: "A policy names its targets in one of the two ways.",
    bad: "spec: {connection: {bufferLimit: 50Mi}}",
    good: "spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]}",
    reference: "domain.md 1.4",
    .policy { policy, report in
      guard case .mapping(let spec)? = policy.node["spec"], !policy.hasSelectors else { return }
      switch (spec.holds("targetRef"), spec.holds("targetRefs")) {
      case (true, true):
        report.add(
          "targetRef and targetRefs exclude each other; use targetRefs",
          at: .to("spec", "targetRef"), field: .to("spec"), fix: "remove targetRef",
          .remove(.to("spec", "targetRef")))
      case (false, false):
        report.add(
          "the policy has no target; write targetRefs", at: .to("spec", "targetRefs"),
          field: .to("spec"))
      case (true, false), (false, true): break
      }
    })

  static let targetGroup = Rule(
    "cel.C4", .error, .admission, "a target of another group",
    why: "Only objects of Gateway API can be targets.",
    bad: "targetRefs: [{group: gateway.envoyproxy.io, kind: Gateway, name: gw}]",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]",
    reference: "domain.md 1.4",
    .policy { policy, report in
      for target in policy.targets
      where target.group != "gateway.networking.k8s.io" && !policy.isL40(target) {
        let path = target.path.appending("group")
        guard policy.node[path]?.text != nil else { continue }
        report.add(
          "group \(target.group.quoted) cannot be a target; use gateway.networking.k8s.io",
          at: path, field: .to("spec"), fix: "write gateway.networking.k8s.io",
          .set(path, .string("gateway.networking.k8s.io")))
      }
      for (index, selector) in (policy.node["spec"]?["targetSelectors"]?.items ?? []).enumerated() {
        guard let group = selector["group"]?.text, group != "gateway.networking.k8s.io" else {
          continue
        }
        report.add(
          "group \(group.quoted) cannot be a target; use gateway.networking.k8s.io",
          at: .to("spec", "targetSelectors", index, "group"),
          field: .to("spec", "targetSelectors", index))
      }
    })

  static let targetKind = Rule(
    "cel.C5", .error, .admission, "a target of another kind",
    why: "A ClientTrafficPolicy is for Gateways, a BackendTrafficPolicy for Gateways and routes.",
    bad: "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]",
    reference: "domain.md 1.4",
    .policy { policy, report in
      let kinds =
        policy.side == .client
        ? ["Gateway"]
        : ["Gateway", "HTTPRoute", "GRPCRoute", "TCPRoute", "UDPRoute", "TLSRoute"]
      for target in policy.targets
      where !kinds.contains(target.kind) && !policy.isL40(target) {
        let path = target.path.appending("kind")
        guard policy.node[path]?.text != nil else { continue }
        report.add(
          "kind \(target.kind.quoted) cannot be a target; use \(kinds.alternatives)", at: path,
          field: .to("spec"),
          fix: "write Gateway", .set(path, .string("Gateway")))
      }
    })

  static let selectorNeeded = Rule(
    "cel.C6", .error, .admission, "from: Selector without a selector",
    why: "The namespaces to look in have to be said.", bad: "namespaces: {from: Selector}",
    good: "namespaces: {from: Same}", reference: "domain.md 1.4",
    .policy { policy, report in
      for (index, selector) in (policy.node["spec"]?["targetSelectors"]?.items ?? []).enumerated() {
        guard case .mapping(let namespaces)? = selector["namespaces"],
          namespaces["from"]?.text == "Selector", !namespaces.holds("selector")
        else { continue }
        report.add(
          "from Selector needs a selector beside it; write one, or use Same",
          at: .to("spec", "targetSelectors", index, "namespaces", "selector"),
          field: .to("spec", "targetSelectors", index, "namespaces"))
      }
    })

  static let closeDelayAlone = Rule(
    "cel.C7", .error, .admission, "closeDelay without value",
    why: "The delay belongs to a limit on connections.",
    bad: "connectionLimit: {closeDelay: 1s}", good: "connectionLimit: {value: 100, closeDelay: 1s}",
    reference: "domain.md 1.4",
    .policy { policy, report in
      guard policy.side == .client,
        case .mapping(let limit)? = policy.node["spec"]?["connection"]?["connectionLimit"],
        limit.holds("closeDelay"), !limit.holds("value")
      else { return }
      report.add(
        "closeDelay needs value beside it; write the number of connections",
        at: .to("spec", "connection", "connectionLimit", "closeDelay"),
        field: .to("spec", "connection", "connectionLimit"))
    })

  static let mergeByReplacing = Rule(
    "cel.C8", .error, .admission, "mergeType Replace",
    why: "Replacing is what happens without mergeType.", bad: "mergeType: Replace",
    good: "mergeType: StrategicMerge", reference: "domain.md 1.5",
    .backendPolicy { backend, report in
      guard backend.policy.node["spec"]?["mergeType"]?.text == "Replace" else { return }
      report.add(
        "mergeType \"Replace\" is not accepted; leave it out, or use StrategicMerge",
        at: .to("spec", "mergeType"), fix: "remove mergeType", .remove(.to("spec", "mergeType")))
    })

  static let exclusiveFields = Rule(
    "cel.C9", .error, .admission, "fields that exclude each other",
    why: "compression took the place of compressor; a buffered request cannot be upgraded.",
    bad: "spec: {compression: [], compressor: []}", good: "spec: {compression: []}",
    reference: "domain.md 1.5",
    .backendPolicy { backend, report in
      guard case .mapping(let spec)? = backend.policy.node["spec"] else { return }
      if spec.holds("compression"), spec.holds("compressor") {
        report.add(
          "compression and compressor exclude each other; use compression",
          at: .to("spec", "compressor"), field: .to("spec"), fix: "remove compressor",
          .remove(.to("spec", "compressor")))
      }
      if spec.holds("requestBuffer"), !(spec["httpUpgrade"]?.items ?? []).isEmpty {
        report.add(
          "requestBuffer and httpUpgrade exclude each other; leave one out",
          at: .to("spec", "requestBuffer"), field: .to("spec"))
      }
    })
}

extension Policy {
  /// Whether L40 speaks of a target, and better.
  fileprivate func isL40(_ target: Target) -> Bool {
    side == .backend && target.kind == "AIGatewayRoute"
  }
}
