import Resources
import Schemas
import YAML

extension Rule {
  static let policyTargetMissing = Rule(
    "L15", "policy-target-missing", .warning, .controller, "a policy whose target is missing",
    why: "A policy applies only to objects in its own namespace, and to an HTTPRoute by the name "
      + "of its AIGatewayRoute. If the target is not found, the policy has no effect, and no "
      + "status says so.",
    bad: "policy in apps, Gateway in infra", good: "policy in infra, Gateway in infra",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    repair: .automatic, traits: .form,
    .bundle { index, report in
      let patches = index.others(.envoyPatchPolicy)
      guard index.hasPolicies || !patches.isEmpty else { return }
      let kinds = index.kindsThatPoliciesName
      let places = index.policyTargets(of: kinds)
      let tools = Set(index.mcpRoutes.map(\.key))
      for kind in Policy.Kind.allCases {
        let attached = Set(index.policies(kind).attachments.map(\.holder.index))
        for holder in index.policies(kind).all {
          let isAttached = attached.contains(holder.index)
          evaluate(holder.policy, holder.index, isAttached, in: index, places, tools, &report)
        }
      }
      for patch in patches {
        let path = Path.to("spec", "targetRef")
        guard let target = patch.node[path] else { continue }
        addFindings(
          target["kind"]?.text ?? "", target["name"]?.text ?? "", at: path,
          from: patch.key.namespace, places, tools, in: patch.index, &report)
      }
    })

  /// Reports a target that is not in the namespace of a policy.
  private static func addFindings(
    _ kind: String, _ name: String, at path: Path, from namespace: String,
    _ places: [String: ObjectPresence], _ tools: Set<ObjectKey>, in document: Int,
    _ report: inout Report
  ) {
    let wanted = ObjectKey(namespace, name)
    guard let presence = places[kind], !presence.isEmpty, !name.isEmpty,
      let missing = presence.missingObject(wanted)
    else { return }
    if kind == GroupKind.httpRoute.kind, tools.contains(wanted) {
      let route = MCPRoute.mainRoute(of: name)
      report.add(
        "MCPRoute \(name) is served by HTTPRoute \(route), so that the policy has no effect; write "
          + "that name", at: path.appending("name"), in: document)
      report.attach(
        Fix(
          "target HTTPRoute \(route)",
          [.set(document: document, path.appending("name"), .string(route))]))
      return
    }
    guard let otherNamespace = missing.otherNamespace else {
      report.addMissingTarget(kind, wanted, missing, at: path, in: document)
      return
    }
    report.add(
      "the policy is in namespace \(namespace), \(kind) \(name) in \(otherNamespace) here: it has no effect; "
        + "use namespace \(otherNamespace)", at: .to("metadata", "namespace"), in: document,
      caution: .guess,
      fix: "move the policy to \(otherNamespace)",
      .set(.to("metadata", "namespace"), .string(otherNamespace)))
  }

  private static func evaluate(
    _ policy: Policy, _ document: Int, _ isAttached: Bool, in index: ResourceIndex,
    _ places: [String: ObjectPresence],
    _ tools: Set<ObjectKey>, _ report: inout Report
  ) {
    for target in policy.targets where target.group == APIGroup.gatewayAPI {
      addFindings(
        target.kind, target.name, at: target.path, from: policy.namespace, places, tools,
        in: document,
        &report)
    }
    for selector in policy.selectors {
      let kinds = policy.kind.targetedKinds
      guard selector.group != APIGroup.gatewayAPI || !kinds.contains(selector.kind) else {
        continue
      }
      report.add(
        "a \(policy.kind.rawValue) finds no \(selector.kind) by labels; use kind "
          + kinds.prefix(2).joined(separator: " or "), at: selector.path.appending("kind"),
        in: document)
    }
    // One that holds by another selector or name is of use.
    guard !isAttached else { return }
    for selector in policy.selectors where selector.group == APIGroup.gatewayAPI {
      guard let presence = places[selector.kind], index.selects(nothingBy: selector, of: policy)
      else { continue }
      report.add(
        "no \(selector.kind) here is found by these labels; while there is none, the policy has "
          + "no effect", at: selector.path, in: document,
        severity: presence.holdsSome(in: policy.namespace) ? .warning : .info)
    }
  }
}

extension ResourceIndex {
  /// The kinds of the targets of policies and patches, by name or by labels.
  fileprivate var kindsThatPoliciesName: Set<String> {
    var kinds = Set(
      others(.envoyPatchPolicy).compactMap { $0.node["spec"]?["targetRef"]?["kind"]?.text })
    for holder in Policy.Kind.allCases.flatMap({ policies($0).all }) {
      kinds.formUnion(holder.policy.targets.lazy.map(\.kind))
      kinds.formUnion(holder.policy.selectors.lazy.map(\.kind))
    }
    return kinds
  }
}
