internal import Schemas
package import YAML

/// What a button or a command does to the form, as data: one operation is one undo step.
package enum FormEdit: Hashable, Sendable {
  case insert(Node, into: Address, at: Int)
  case remove(from: Address, at: Int)
  case move(in: Address, from: Int, to: Int)
  case duplicate(in: Address, at: Int)
  /// Puts text into a field, as if it had been typed.
  case fill(Address, String)
  case writePolicy(Bool)
  case writeRetry(Bool)
  case writeGrants(namespace: String, Bool)
  /// Sends a rule to an InferencePool; keeping leaves what a pool ignores on the reference.
  case usePool(rule: Int, keeping: Bool)
  /// Sends a rule to AIServiceBackends.
  case useBackends(rule: Int)
  /// Shows another opened route, by its place among the opened documents.
  case chooseRoute(Int)
  case writeGateway(Bool)
  case writeClass(Bool)
  /// Describes the backend of a backendRef, by a preset where one is named.
  case describe(Address, preset: String?)
  /// Writes the InferencePool itself that a backendRef leads to, or leaves it out.
  case writePool(at: Address, Bool)
  /// Takes the description of a backend away, by its place.
  case forget(provider: Int)
  /// Shows the objects of opened files that describe the backend of a backendRef.
  case adopt(Address)
  /// Puts a value in the place of whatever is there, texts that are no values included; nil takes it away.
  case replace(Address, Node?)
}

/// The result of an operation: how rows moved, and what to focus next.
package struct EditOutcome: Hashable, Sendable {
  /// How rows moved.
  package var change: ListChange?
  /// The row or field to look at next.
  package var focus: Address?
}

extension FormState {
  /// Performs an operation; one that does not apply (a row that is not there) changes nothing.
  package mutating func perform(_ operation: FormEdit) -> EditOutcome {
    switch operation {
    case .insert(let row, let list, let index):
      if let present = value(at: list), !present.isNull {
        // A list that is none is kept as it is.
        guard case .sequence = present else { return EditOutcome() }
      }
      let change = insert(row, into: list, at: index)
      let place = if case .inserted(let place) = change.kind { place } else { index }
      return EditOutcome(change: change, focus: list.appending(place))
    case .remove(let list, let index): return removeRow(from: list, at: index)
    case .move(let list, let from, let to):
      guard let change = swap(in: list, from, to) else { return EditOutcome() }
      return EditOutcome(change: change, focus: list.appending(to))
    case .duplicate(let list, let index):
      guard let row = value(at: list)?[index] else { return EditOutcome() }
      let change = insert(Self.copy(of: row, in: list), into: list, at: index + 1)
      copyInvalidTexts(in: list, from: index, to: index + 1)
      return EditOutcome(change: change, focus: list.appending(index + 1))
    case .fill(let address, let text):
      type(text, at: address)
      if let index = address.object.provider, address == .provider(index, .preset) {
        dropForeignCredentials(ofProvider: index)
      }
      return EditOutcome(focus: address)
    case .writePolicy(let isOn):
      writesPolicy = isOn
      return EditOutcome()
    case .writeRetry(let isOn):
      writeRetry(isOn)
      return EditOutcome()
    case .writeGrants(let namespace, let isOn):
      writeGrants(for: namespace, isOn)
      return EditOutcome()
    case .usePool(let rule, let keeping):
      guard self.rule(rule) != nil else { return EditOutcome() }
      usePool(rule: rule, keeping: keeping)
      return EditOutcome(focus: Self.backendRefs(rule).appending(0).appending("name"))
    case .useBackends(let rule):
      guard self.rule(rule) != nil else { return EditOutcome() }
      dropInvalidTexts(within: Self.backendRefs(rule))
      set(.sequence([.map([:])]), at: Self.backendRefs(rule))
      return EditOutcome(focus: Self.backendRefs(rule).appending(0).appending("name"))
    case .chooseRoute(let place):
      chooseRoute(place)
      return EditOutcome()
    case .writeGateway(let isOn):
      writesGateway = isOn
      writesClass = isOn
      return EditOutcome()
    case .writeClass(let isOn):
      writesClass = isOn
      return EditOutcome()
    case .describe(let row, let preset):
      if let ref = placedRef(at: row) { _ = describe(ref, preset: preset) }
      return EditOutcome()
    case .writePool(let row, let isOn):
      if let ref = placedRef(at: row) { writePool(ref, isOn) }
      return EditOutcome()
    case .forget(let index):
      forget(provider: index)
      return EditOutcome()
    case .adopt(let row):
      guard let ref = placedRef(at: row) else { return EditOutcome() }
      for part in openedParts(of: ref) where !held.parts.contains(part) {
        held.parts.append(part)
      }
      return EditOutcome()
    case .replace(let address, let value):
      dropInvalidTexts(within: address)
      set(value, at: address)
      return EditOutcome()
    }
  }

  /// A rule's backendRefs.
  package static func backendRefs(_ rule: Int) -> Address {
    .route(.key("spec"), .key("rules"), .index(rule), .key("backendRefs"))
  }

  /// A rule's matches.
  package static func matches(_ rule: Int) -> Address {
    .route(.key("spec"), .key("rules"), .index(rule), .key("matches"))
  }

  /// The list of rules.
  package static let ruleList = Address.route(.key("spec"), .key("rules"))

  /// The list of parentRefs.
  package static let parentList = Address.route(.key("spec"), .key("parentRefs"))

  /// Removes a row. A match goes with its last header: an empty match would match everything.
  private mutating func removeRow(from list: Address, at index: Int) -> EditOutcome {
    if list.path.last == .key("headers"), value(at: list)?.items.count == 1,
      case .index(let match) = list.parent.path.last,
      list.parent.parent.path.last == .key("matches")
    {
      return removeRow(from: list.parent.parent, at: match)
    }
    guard let change = remove(from: list, at: index) else { return EditOutcome() }
    let left = value(at: list)?.items.count ?? 0
    return EditOutcome(
      change: change, focus: left == 0 ? nil : list.appending(min(index, left - 1)))
  }

  /// A row to stand beside its original: rule names are unique within a route (CEL R0).
  private static func copy(of row: Node, in list: Address) -> Node {
    guard list == ruleList, case .mapping(var rule) = row else { return row }
    rule["name"] = nil
    return .mapping(rule)
  }

  /// A copied row shows what its original shows, so what is no value yet is copied with it.
  private mutating func copyInvalidTexts(in list: Address, from: Int, to: Int) {
    let row = list.appending(from)
    for (address, text) in invalidTexts where address.isWithin(row) {
      guard let inner = address.path.relative(to: row.path) else { continue }
      if list == Self.ruleList, inner == Path([.key("name")]) { continue }
      invalidTexts[list.appending(to).appending(inner)] = text
    }
  }

  /// Turns the retry policy on or off; on, it starts with what makes failover real.
  package mutating func writeRetry(_ isOn: Bool) {
    writesRetry = isOn
    guard isOn, retry["spec"]?["retry"] == nil else { return }
    set(
      RetryPolicy.defaults(priorities: highestTierCount), at: Address(.retry, RetryPolicy.path))
  }

  /// The largest number of distinct priorities in one rule.
  private var highestTierCount: Int {
    rules.map { rule in
      Set((rule["backendRefs"]?.items ?? []).map { $0["priority"]?.integer ?? 0 }).count
    }.max() ?? 1
  }

  /// Turns the two grants of a namespace on or off.
  package mutating func writeGrants(for namespace: String, _ isOn: Bool) {
    for index in grants.indices.reversed() where grants[index].namespace == namespace {
      removeGrant(index)
    }
    guard isOn else { return }
    if !opened.isEmpty { adoptGrants(in: namespace) }
    for role in Grant.Role.allCases where !hasGrant(in: namespace, for: role) {
      grants.append(Grant(namespace: namespace, role: role))
    }
  }

  /// Takes a grant away with its texts that are no values; those of later grants follow their new numbers.
  private mutating func removeGrant(_ index: Int) {
    if let place = grants.remove(at: index).held { opened[place].node = nil }
    var kept: [Address: String] = [:]
    for (address, text) in invalidTexts {
      var place = address
      if case .grant(let other) = address.object {
        if other == index { continue }
        place.object = .grant(other > index ? other - 1 : other)
      }
      kept[place] = text
    }
    invalidTexts = kept
  }

  private mutating func usePool(rule: Int, keeping: Bool) {
    let list = Self.backendRefs(rule)
    var ref = Template.poolRef(name: nil)
    if keeping, let first = value(at: list)?[0] {
      for entry in first.entries where !["name", "group", "kind"].contains(entry.key) {
        let fields = list.object.resource.property(at: list.appending(0).path)?.schema ?? .any
        ref.set(entry.value, at: Path([.key(entry.key)]), in: fields)
      }
    }
    dropInvalidTexts(within: list)
    set(.sequence([ref]), at: list)
  }

  mutating func dropInvalidTexts(within list: Address) {
    invalidTexts = invalidTexts.filter { !$0.key.isWithin(list) }
  }

  /// The settings that stop applying when a rule is sent to a pool, in words.
  package func lostToPool(rule: Int) -> [String] {
    let refs = value(at: Self.backendRefs(rule))?.items ?? []
    var lost: [String] = []
    let names = refs.compactMap { $0["name"]?.scalar?.text }
    if !names.isEmpty { lost.append("backends: \(names.joined(separator: ", "))") }
    for (key, description) in [
      ("weight", "weights (a pool has nothing to share with)"),
      ("priority", "priorities (no failover from a pool to a provider)"),
      ("modelNameOverride", "model name overrides"), ("headerMutation", "header mutations"),
      ("bodyMutation", "body mutations"),
    ] where refs.contains(where: { $0[key] != nil }) {
      lost.append(description)
    }
    let invalidTexts = self.invalidTexts.filter { $0.key.isWithin(Self.backendRefs(rule)) }
    for (address, text) in invalidTexts.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      guard case .key(let key) = address.path.last else { continue }
      lost.append("\(key) \(text.quoted)")
    }
    return lost
  }
}

/// The BackendTrafficPolicy's retry block that makes priorities fail over.
package enum RetryPolicy {
  /// Where it stands in the policy.
  package static let path = Path([.key("spec"), .key("retry")])

  /// The block for a rule of so many distinct priorities: one attempt a priority, and enough
  /// retries to reach the last.
  package static func defaults(priorities: Int) -> Node {
    .map([
      "numAttemptsPerPriority": .integer(1), "numRetries": .integer(max(5, priorities - 1)),
      "retryOn": .map([
        "triggers": .sequence(
          ["connect-failure", "refused-stream", "reset", "retriable-status-codes"].map(Node.string)),
        "httpStatusCodes": .sequence([429, 500, 502, 503, 504].map(Node.integer)),
      ]),
    ])
  }
}
