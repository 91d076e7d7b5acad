import Schemas
package import YAML

/// What a policy can be attached to: an object, or a section of it (a listener of a Gateway, a rule
/// of an HTTPRoute).
package struct PolicyTarget: Hashable, Sendable {
  package let kind: String
  package let object: ObjectKey
  package let section: String?

  package init(kind: String, _ object: ObjectKey, section: String? = nil) {
    self.kind = kind
    self.object = object
    self.section = section
  }

  package static func gateway(_ object: ObjectKey, listener: String? = nil) -> PolicyTarget {
    PolicyTarget(kind: GroupKind.gateway.kind, object, section: listener)
  }

  package static func route(_ object: ObjectKey, rule: String? = nil) -> PolicyTarget {
    PolicyTarget(kind: GroupKind.httpRoute.kind, object, section: rule)
  }
}

/// The policies of one kind on their targets: of two on one target the older holds, found by name
/// or by labels alike (envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtrafficpolicy.go,
/// clienttrafficpolicy.go, securitypolicy.go, helpers.go).
package struct PolicyAttachments: Sendable {
  /// A policy with its document.
  package struct Holder: Sendable {
    package let index: Int
    package let policy: Policy

    package init(index: Int, policy: Policy) {
      self.index = index
      self.policy = policy
    }
  }

  /// A policy that lost a target to an older one.
  package struct Conflict: Sendable {
    package let holder: Holder
    package let superseded: Holder
    package let target: PolicyTarget
    /// Where the loser names the target, or looks for it.
    package let path: Path
  }

  /// A target that a policy finds by labels, in a namespace without the grant for it.
  package struct Ungranted: Sendable {
    package let holder: Holder
    package let target: PolicyTarget
    /// Where the policy looks for it.
    package let path: Path
  }

  /// A policy that holds for a target.
  package struct Attachment: Sendable {
    package let holder: Holder
    package let target: PolicyTarget
    /// Where the policy names the target, or looks for it.
    package let path: Path
  }

  /// By age, the oldest first.
  package let all: [Holder]
  /// What holds, in the order of age.
  package private(set) var attachments: [Attachment] = []
  private var holders: [PolicyTarget: Holder] = [:]
  package private(set) var conflicts: [Conflict] = []
  /// What policies find by labels in other namespaces, and may not refer to without a grant.
  package private(set) var ungranted: [Ungranted] = []

  /// Attaches policies, given with their documents, to the objects of an index.
  init(_ policies: [Holder], in objects: PolicyObjects) {
    all = policies.sorted { ($0.policy.age, $0.index) < ($1.policy.age, $1.index) }
    for holder in all {
      for (selector, target, isGranted) in objects.selected(by: holder.policy) {
        if isGranted {
          attach(holder, to: target, at: selector.path)
        } else {
          ungranted.append(Ungranted(holder: holder, target: target, path: selector.path))
        }
      }
      for target in holder.policy.targets where target.group == APIGroup.gatewayAPI {
        let object = PolicyTarget(
          kind: target.kind, ObjectKey(holder.policy.namespace, target.name),
          section: target.sectionName)
        if objects.lacksSection(object) { continue }
        attach(holder, to: object, at: target.path)
      }
    }
  }

  private mutating func attach(_ holder: Holder, to target: PolicyTarget, at path: Path) {
    guard let owner = holders[target] else {
      holders[target] = holder
      attachments.append(Attachment(holder: holder, target: target, path: path))
      return
    }
    // The same object again stands among the documents twice, or names its target twice.
    guard owner.index != holder.index, owner.policy.key != holder.policy.key else { return }
    conflicts.append(Conflict(holder: owner, superseded: holder, target: target, path: path))
  }

  /// The documents of the policies that lost every target to older ones.
  fileprivate var superseded: Set<Int> {
    Set(conflicts.map(\.superseded.index)).subtracting(attachments.map(\.holder.index))
      .subtracting(ungranted.map(\.holder.index))
  }

  package subscript(target: PolicyTarget) -> Holder? { holders[target] }
  package var isEmpty: Bool { all.isEmpty }

  static let none = PolicyAttachments(
    [], in: PolicyObjects(gateways: [], routes: [], namespaces: [:], grants: ReferenceGrants()))
}

/// The objects among some documents that policies can be attached to.
struct PolicyObjects: Sendable {
  struct Object: Sendable {
    let labels: Labels
    let age: Age
    /// The names of its listeners or rules, nil where they are not known.
    let sections: [String]?
    var key: ObjectKey { age.key }
  }

  /// By kind, the oldest first.
  private let objects: [String: [Object]]
  /// Of each object, where a policy names one.
  private let sections = OnDemand<[PolicyTarget: [String]]>()
  private let namespaces: [String: Labels]
  private let grants: ReferenceGrants

  init(
    gateways: [Object], routes: [Object], namespaces: [String: Labels], grants: ReferenceGrants
  ) {
    self.namespaces = namespaces
    self.grants = grants
    objects = [
      GroupKind.gateway.kind: gateways.sorted { $0.age < $1.age },
      GroupKind.httpRoute.kind: routes.sorted { $0.age < $1.age },
    ]
  }

  /// Whether an object is known and has no section of the name that is asked for.
  func lacksSection(_ target: PolicyTarget) -> Bool {
    guard let section = target.section else { return false }
    let known = sections.value {
      var sections: [PolicyTarget: [String]] = [:]
      for (kind, objects) in objects {
        for object in objects { sections[PolicyTarget(kind: kind, object.key)] = object.sections }
      }
      return sections
    }
    return known[PolicyTarget(kind: target.kind, target.object)].map { !$0.contains(section) }
      ?? false
  }

  /// What a policy finds by labels, and whether it may refer to it.
  func selected(by policy: Policy)
    -> [(selector: Policy.Selector, target: PolicyTarget, isGranted: Bool)]
  {
    var found: [(selector: Policy.Selector, target: PolicyTarget, isGranted: Bool)] = []
    var seen: Set<PolicyTarget> = []
    for selector in policy.selectors where selector.group == APIGroup.gatewayAPI {
      for object in objects[selector.kind] ?? [] {
        guard reaches(selector, of: policy, object), selector.labels.fits(object.labels) else {
          continue
        }
        let target = PolicyTarget(kind: selector.kind, object.key)
        if seen.insert(target).inserted {
          found.append((selector, target, allow(selector, of: policy, object)))
        }
      }
    }
    return found
  }

  /// Whether a selector of a policy finds an object, be it without a grant.
  func finds(_ selector: Policy.Selector, of policy: Policy) -> Bool {
    (objects[selector.kind] ?? []).contains {
      reaches(selector, of: policy, $0) && selector.labels.fits($0.labels)
    }
  }

  private func reaches(_ selector: Policy.Selector, of policy: Policy, _ object: Object) -> Bool {
    let namespace = object.key.namespace
    return switch selector.namespaces {
    case .same: namespace == policy.namespace
    case .all: true
    case .selected(let selector):
      selector.fits(namespace: namespace, labels: namespaces[namespace]) ?? false
    case .none: false
    }
  }

  /// Whether a policy may refer to an object, which in another namespace takes a grant.
  private func allow(_ selector: Policy.Selector, of policy: Policy, _ object: Object) -> Bool {
    let namespace = object.key.namespace
    return namespace == policy.namespace
      || grants.allow(
        policy.kind.groupKind, from: policy.namespace,
        to: GroupKind(APIGroup.gatewayAPI, selector.kind), in: namespace, name: object.key.name)
  }
}

extension ResourceIndex {
  /// The documents of the policies that have no effect, because older ones hold for each of their
  /// targets.
  package var supersededPolicies: Set<Int> {
    Policy.Kind.allCases.reduce(into: supersededTLSPolicies) {
      $0.formUnion(policies($1).superseded)
    }
  }

  /// What would be attached to an object if a grant let it, as far as the documents say.
  package func missingGrants(_ kind: GroupKind, _ object: ObjectKey) -> [String] {
    Policy.Kind.allCases.flatMap { side in
      policies(side).ungranted.filter { $0.target == PolicyTarget(kind: kind.kind, object) }.map {
        "no ReferenceGrant here lets \(side.rawValue) \($0.holder.policy.name) of "
          + "\($0.holder.policy.namespace) refer to \(kind.kind) \(object): with one it applies here"
      }
    }
  }
}
