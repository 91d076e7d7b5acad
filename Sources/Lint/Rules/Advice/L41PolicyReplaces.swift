import Resources
import Schemas
import YAML

extension Rule {
  static let policyReplaces = Rule(
    "L41", "policy-replaces", .warning, "a policy that replaces one of wider scope",
    why: "Without mergeType a policy on the HTTPRoute replaces the Gateway's policy, including its "
      + "rate limits, timeouts or authentication. A policy on a rule replaces the route's; with "
      + "mergeType it is merged with the Gateway's, never with the route's.",
    bad: "policies on gw and on HTTPRoute chat, without mergeType",
    good: "mergeType: StrategicMerge in the one on HTTPRoute chat",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtrafficpolicy.go"),
    repair: .confirmed, traits: .rivals,
    .bundle { index, report in
      addFindings(index.backendPolicies, in: index, &report)
      addFindings(index.securityPolicies, in: index, &report)
      addFindings(index.policies(.extensions), in: index, &report)
      addFindings(index.clientPolicies, in: index, &report)
      for route in index.mcpRoutes { addFindings(route, in: index, &report) }
    })

  /// AI Gateway makes policies for the HTTPRoute of an MCPRoute, without mergeType
  /// (envoyproxy/ai-gateway v1.1.0, internal/controller/mcp_route_security_policy.go).
  private static func addFindings(
    _ route: MCPRoute, in index: ResourceIndex, _ report: inout Report
  ) {
    guard let asked = route.spec.given("securityPolicy") else { return }
    var kinds: [Policy.Kind] = route.clientPolicy == nil ? [] : [.security]
    if asked.given("oauth") != nil { kinds.append(.backend) }
    for kind in kinds {
      let policies = index.policies(kind)
      if let rival = policies[.route(route.mainRoute)] {
        report.add(
          "AI Gateway makes a \(kind.rawValue) for HTTPRoute \(route.mainRoute.name) as well: of two "
            + "the older holds, and either this or \(rival.policy.name) has no effect; leave one out",
          at: .to("spec", "securityPolicy"), in: route.index)
      } else if let wide = policies.wide(for: route.attachment, in: index) {
        report.add(
          "the \(kind.rawValue) that AI Gateway makes for the route replaces \(wide.title); repeat "
            + "here what must hold", at: .to("spec", "securityPolicy"), in: route.index)
      }
    }
  }

  private static func addFindings(
    _ policies: PolicyAttachments, in index: ResourceIndex, _ report: inout Report
  ) {
    guard policies.all.count > 1 else { return }
    for gateway in index.gateways.values.map(\.gateway).sorted(by: { $0.name < $1.name }) {
      guard let wide = policies[.gateway(gateway.name)] else { continue }
      for listener in gateway.listeners {
        guard let own = policies[.gateway(gateway.name, listener: listener.name)] else { continue }
        report.add(
          "on listener \(listener.name) this replaces \(wide.title); repeat here what must hold",
          at: .to("spec"), in: own.index,
          severity: wide.policy.authentication.isEmpty ? .info : .warning)
      }
    }
    let schemaSet = index.release.schemaSet
    for (_, route) in index.routes {
      let own = policies[.route(route.key)]
      if let own, !own.policy.isMerged(in: schemaSet),
        let wide = policies.wide(for: route.attachment, in: index)
      {
        addFindings(own, wide, in: index, &report)
      }
      for rule in route.rules {
        guard let name = rule.name, let holder = policies[.route(route.key, rule: name)] else {
          continue
        }
        if let own, own.index != holder.index {
          report.add(
            "for \(rule.title) this replaces the route's policy \(own.policy.name), with which it "
              + "is never merged; repeat here what must hold", at: .to("spec"),
            in: holder.index, severity: .info)
        }
        if own == nil, !holder.policy.isMerged(in: schemaSet),
          let wide = policies.wide(for: route.attachment, in: index)
        {
          addFindings(holder, wide, in: index, &report)
        }
      }
    }
  }

  private static func addFindings(
    _ own: PolicyAttachments.Holder, _ wide: PolicyAttachments.Holder, in index: ResourceIndex,
    _ report: inout Report
  ) {
    // With one that is refused, merging would make 500 of what works.
    // One that is refused and does nothing replaces nothing.
    if index.refusals(of: own.policy).contains(where: \.isIgnored) { return }
    guard own.policy.kind.merges(in: index.release.schemaSet),
      index.refusals(of: wide.policy).isEmpty
    else {
      report.add(
        "for the route this replaces \(wide.title); repeat here what must hold", at: .to("spec"),
        in: own.index)
      return
    }
    report.add(
      "for the route this replaces \(wide.title); write mergeType StrategicMerge to keep both",
      at: .to("spec", "mergeType"), in: own.index, caution: .guess,
      fix: "write mergeType StrategicMerge",
      .set(.to("spec", "mergeType"), .string("StrategicMerge")))
  }
}

extension PolicyAttachments {
  /// A policy on the listeners or Gateways of a route.
  fileprivate func wide(for route: GatewayAttachment, in index: ResourceIndex) -> Holder? {
    for place in index.places(of: route) {
      if let holder = place.listener.flatMap({ self[.gateway(place.gateway, listener: $0)] })
        ?? self[.gateway(place.gateway)]
      {
        return holder
      }
    }
    return nil
  }
}

extension PolicyAttachments.Holder {
  /// What it is called, with the authentication that is lost without it.
  fileprivate var title: String {
    let lost = policy.authentication.first.map { ", its \($0) included" } ?? ""
    return "the Gateway's policy \(policy.name)\(lost)"
  }
}
