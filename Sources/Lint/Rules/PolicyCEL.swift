import Resources
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
        if target.kind == "ListenerSet", report.release > .v0_6 {
          report.add(
            "ListenerSet as a target is known since Envoy Gateway 1.9; 1.8.1 refuses it", at: path,
            severity: .warning)
          continue
        }
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
    .policy { policy, report in
      guard policy.side == .backend, policy.spec["mergeType"]?.text == "Replace" else { return }
      report.add(
        "mergeType \"Replace\" is not accepted; leave it out, or use StrategicMerge",
        at: .to("spec", "mergeType"), fix: "remove mergeType", .remove(.to("spec", "mergeType")))
    })

  static let exclusiveFields = Rule(
    "cel.C9", .error, .admission, "fields that exclude each other",
    why: "compressor took the place of compression; a buffered request cannot be upgraded.",
    bad: "spec: {compression: [], compressor: []}", good: "spec: {compressor: []}",
    reference: "domain.md 1.5",
    .policy { policy, report in
      guard policy.side == .backend, case .mapping(let spec) = policy.spec else { return }
      if spec.holds("compression"), spec.holds("compressor") {
        report.add(
          "compression and compressor exclude each other; use compressor",
          at: .to("spec", "compression"), field: .to("spec"), fix: "remove compression",
          .remove(.to("spec", "compression")))
      }
      if spec.holds("requestBuffer"), !(spec["httpUpgrade"]?.items ?? []).isEmpty {
        report.add(
          "requestBuffer and httpUpgrade exclude each other; leave one out",
          at: .to("spec", "requestBuffer"), field: .to("spec"))
      }
    })
}

extension Rule {
  static let boundedRequests = Rule(
    "limit.requests", .warning, .admission, "a limit that some clusters refuse",
    why: "Envoy Gateway 1.8.0 and 1.8.1 bound requests by 4294967295 in a field of 32 bits. "
      + "Kubernetes up to 1.35 takes that, 1.36 refuses every value; 1.8.2 and 1.9 are mended.",
    bad: "limit: {requests: 1000, unit: Hour}, on Kubernetes 1.36 with Envoy Gateway 1.8.1",
    good: "the same with Envoy Gateway 1.8.2",
    reference: "envoyproxy/gateway v1.8.1, api/v1alpha1/ratelimit_types.go",
    .policy { policy, report in
      guard policy.side == .backend, report.release > .v0_6 else { return }
      for scope in ["global", "local"] {
        let path = Path.to("spec", "rateLimit", scope, "rules")
        let requests = (policy.node[path]?.items ?? []).map { $0["limit"]?["requests"]?.integer }
        // What is out of bounds is refused everywhere, which the schema says.
        guard let index = requests.firstIndex(where: { (1...4_294_967_295).contains($0 ?? 0) })
        else { continue }
        report.add(
          "requests of Envoy Gateway 1.8.0 and 1.8.1 is refused by Kubernetes 1.36, whatever the "
            + "value; use Envoy Gateway 1.8.2 there",
          at: path.appending(index).appending("limit").appending("requests"))
        return
      }
    })
}

extension Policy {
  /// Whether L40 speaks of a target, and better.
  fileprivate func isL40(_ target: Target) -> Bool {
    side == .backend && target.kind == "AIGatewayRoute"
  }
}
