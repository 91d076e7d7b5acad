import Manifest

extension Rule {
  static let twoPolicies = Rule(
    "L16", .error, .controller, "two policies of one kind on one target",
    why: "The older one holds; the newer one is in conflict and ignored.",
    bad: "two ClientTrafficPolicies with targetRefs: [gw]",
    good: "one ClientTrafficPolicy with the fields of both",
    .bundle { bundle, report in
      judge(bundle.clientPolicies, &report)
      judge(bundle.backendPolicies.map { ($0.index, $0.policy.policy) }, &report)
    })

  private struct Place: Hashable {
    let kind: String
    let object: ObjectKey
    let section: String?
  }

  private static func judge(
    _ policies: [(index: Int, policy: Policy)], _ report: inout Report
  ) {
    guard policies.count > 1 else { return }
    var owners: [Place: (index: Int, policy: Policy)] = [:]
    for (index, policy) in policies {
      for target in policy.targets {
        let place = Place(
          kind: target.kind, object: ObjectKey(policy.home, target.name),
          section: target.sectionName)
        guard let owner = owners[place] else {
          owners[place] = (index, policy)
          continue
        }
        // The same policy again is one object, which stands here twice.
        guard owner.index == index || owner.policy.name != policy.name else { continue }
        report.add(
          "\(target.kind) \(target.name) already has the policy \(owner.policy.name): only the "
            + "older one holds; put both into one", at: target.path, in: index)
      }
    }
  }
}
