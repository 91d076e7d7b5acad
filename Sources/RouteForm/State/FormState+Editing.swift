package import Schemas
package import YAML

/// How the rows of a list moved, so that whatever names a row by its index can follow it.
package struct ListChange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case inserted(at: Int)
    case removed(at: Int)
    case swapped(Int, Int)
  }

  package let list: Address
  package let kind: Kind

  /// Where an address is after the change; nil when its row was removed.
  package func moved(_ address: Address) -> Address? {
    let depth = list.path.count
    guard address.isWithin(list), address.path.count > depth,
      case .index(let index) = address.path.steps[depth]
    else { return address }
    let new: Int
    switch kind {
    case .inserted(let place): new = index >= place ? index + 1 : index
    case .removed(let place):
      if index == place { return nil }
      new = index > place ? index - 1 : index
    case .swapped(let first, let second):
      new = index == first ? second : index == second ? first : index
    }
    var result = address
    result.path.steps[depth] = .index(new)
    return result
  }
}

extension FormState {
  /// The value at an address, as it will be written; nil where it is unset.
  package func value(at address: Address) -> Node? { document(address.object)[address.path] }

  /// What a text field at an address shows: the draft if there is one, else the value.
  package func text(at address: Address) -> String {
    if let draft = invalidTexts[address] { return draft }
    guard let value = value(at: address) else { return "" }
    return value.scalar?.text ?? value.flow
  }

  /// What the user set at an address, without what merely follows from the route.
  package func ownValue(at address: Address) -> Node? { own(address.object)?[address.path] }

  func own(_ object: ObjectName) -> Node? {
    switch object {
    case .route: route
    case .policy: policy
    case .retry: retry
    case .grant(let index): grants.indices.contains(index) ? grants[index].overlay : nil
    case .gatewayClass: gatewayClass
    case .proxy: proxy
    case .gateway: gateway
    case .provider(let index): providers.indices.contains(index) ? providers[index].settings : nil
    case .part(let part, let index):
      providers.indices.contains(index)
        ? providers[index].overlays[part] ?? .mapping(Mapping()) : nil
    case .opened(_, let place): opened.indices.contains(place) ? opened[place].node : nil
    }
  }

  /// Takes what was typed into a field: a value is stored, nothing unsets the field, and any other
  /// text is kept as a draft beside the last good value: the present one, or `valid`, so that what
  /// happened to be a value on the way (the 7 of 7O) is none.
  package mutating func type(_ text: String, at address: Address, beside valid: Node?? = nil) {
    if case .provider(let index) = address.object, address.path == Self.providerName {
      typeName(text, ofProvider: index)
      return
    }
    let before = providers.isEmpty ? nil : self
    defer { if let before { follow(address, from: before) } }
    let property = address.object.resource.property(at: address.path)
    if text.isEmpty {
      invalidTexts[address] = nil
      set(keepsEmptyText(address) ? .string("") : nil, at: address)
      return
    }
    switch property?.value(from: text) ?? .success(.string(text)) {
    case .success(let node):
      invalidTexts[address] = nil
      set(node, at: address)
      // What stands around the field may be no mapping or list.
      if value(at: address) != node { invalidTexts[address] = text }
    case .failure:
      if let valid, ownValue(at: address) != valid { set(valid, at: address) }
      invalidTexts[address] = text
    }
  }

  /// Whether an empty text stays: a label's or annotation's value, or a row of a list of texts.
  private func keepsEmptyText(_ address: Address) -> Bool {
    switch address.object.resource.property(at: address.path.parent)?.schema {
    case .map, .list: true
    case .object, .string, .integer, .boolean, .quantity, .any, nil: false
    }
  }

  /// Stores a value, or unsets it with nil: mappings left empty go too, rows of lists stay.
  package mutating func set(_ value: Node?, at address: Address) {
    var tree = own(address.object) ?? .mapping(Mapping())
    adoptDerivedLists(above: address, into: &tree)
    if let value {
      let before = tree
      tree.set(value, at: address.path, in: address.object.resource.schema)
      placeLikeAuthor(address, in: &tree, before)
    } else {
      tree.prune(at: address.path)
    }
    store(tree, as: address.object)
  }

  /// Puts a key that is new to the author's document where the author had it, as when a field is
  /// cleared and typed anew; else, in a row, behind the key on the line of the dash, which stays.
  private func placeLikeAuthor(_ address: Address, in tree: inout Node, _ before: Node) {
    guard before[address.path] == nil, let place = held(address.object),
      let author = opened[place].node,
      let depth = (0..<address.path.count).last(where: { depth in
        if case .mapping? = before[address.path.prefix(depth)] { true } else { false }
      }), case .key(let key) = address.path.steps[depth]
    else { return }
    let path = address.path.prefix(depth)
    guard before[path]?[key] == nil, case .mapping(var mapping)? = tree[path] else { return }
    if let known = mapping.original(of: key, at: path, in: author) {
      mapping.move(key, asIn: known)
    } else if case .index = path.last, mapping.entries.count > 1, mapping.index(of: key) == 0,
      author[path.parent]?.items.contains(where: { $0.firstEntry == mapping.entries[1] }) == true
    {
      mapping.entries.swapAt(0, 1)
    }
    tree.set(.mapping(mapping), at: path)
  }

  private mutating func store(_ tree: Node, as object: ObjectName) {
    switch object {
    case .route: route = tree
    case .policy: policy = tree
    case .retry: retry = tree
    case .grant(let index):
      if grants.indices.contains(index) { grants[index].overlay = tree }
    case .gatewayClass: gatewayClass = tree
    case .proxy: proxy = tree
    case .gateway: gateway = tree
    case .provider(let index):
      if providers.indices.contains(index) { providers[index].settings = tree }
    case .part(let part, let index):
      if providers.indices.contains(index) {
        providers[index].overlays[part] = tree == .map([:]) ? nil : tree
      }
    case .opened(_, let place):
      if opened.indices.contains(place) { opened[place].node = tree }
    }
  }

  /// A list that so far followed from the route becomes the user's own once a row of it is edited.
  private func adoptDerivedLists(above address: Address, into tree: inout Node) {
    guard address.object != .route,
      let depth = address.path.steps.firstIndex(where: {
        if case .index = $0 { true } else { false }
      })
    else { return }
    let list = Path(Array(address.path.steps[..<depth]))
    guard tree[list] == nil, let derived = base(address.object)[list] else { return }
    tree.set(derived, at: list, in: address.object.resource.schema)
  }

  /// Inserts a row into a list (created if need be).
  package mutating func insert(_ row: Node, into list: Address, at index: Int) -> ListChange {
    var items = value(at: list)?.items ?? []
    let place = min(max(index, 0), items.count)
    items.insert(row, at: place)
    set(.sequence(items), at: list)
    return follow(ListChange(list: list, kind: .inserted(at: place)))
  }

  /// Removes a row; the list goes with its last one.
  package mutating func remove(from list: Address, at index: Int) -> ListChange? {
    var items = value(at: list)?.items ?? []
    guard items.indices.contains(index) else { return nil }
    items.remove(at: index)
    set(items.isEmpty ? nil : .sequence(items), at: list)
    return follow(ListChange(list: list, kind: .removed(at: index)))
  }

  /// Swaps two rows of a list.
  package mutating func swap(in list: Address, _ first: Int, _ second: Int) -> ListChange? {
    var items = value(at: list)?.items ?? []
    guard items.indices.contains(first), items.indices.contains(second) else { return nil }
    items.swapAt(first, second)
    set(.sequence(items), at: list)
    return follow(ListChange(list: list, kind: .swapped(first, second)))
  }

  /// Makes values of all texts that are no values, for `render --force`.
  package mutating func acceptInvalidTexts() {
    // In one order, for entries of a map stay in the order in which they come.
    for (address, text) in invalidTexts.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      set(.string(text), at: address)
    }
    invalidTexts = [:]
  }

  private mutating func follow(_ change: ListChange) -> ListChange {
    if !invalidTexts.isEmpty {
      var moved: [Address: String] = [:]
      for (address, text) in invalidTexts {
        if let place = change.moved(address) { moved[place] = text }
      }
      invalidTexts = moved
    }
    return change
  }
}

extension ObjectName {
  /// The kind of object this is.
  package var resource: ResourceKind {
    switch self {
    case .policy: .clientTrafficPolicy
    case .grant: .referenceGrant
    case .route: .aiGatewayRoute
    case .retry: .backendTrafficPolicy
    case .gatewayClass: .gatewayClass
    case .proxy: .envoyProxy
    case .gateway: .gateway
    case .provider: .provider
    case .part(let part, _), .opened(let part, _): part.resource
    }
  }
}

extension Path {
  fileprivate func prefix(_ count: Int) -> Path { Path(Array(steps.prefix(count))) }
}

extension Mapping {
  /// The author's mapping that this one was before it lost a key; nil where the author wrote none.
  fileprivate func original(of key: String, at path: Path, in author: Node) -> Mapping? {
    let others = entries.filter { $0.key != key }
    func isOriginal(_ node: Node) -> Bool {
      node[key] != nil && others.allSatisfy { node[$0.key] == $0.value }
    }
    let same = author[path]
    let rows = if case .index = path.last { author[path.parent]?.items ?? [] } else { [Node]() }
    let found = same.flatMap { isOriginal($0) ? $0 : nil } ?? rows.first(where: isOriginal) ?? same
    guard case .mapping(let mapping)? = found, mapping.index(of: key) != nil else { return nil }
    return mapping
  }

  /// Moves a key next to the neighbours that it has in another mapping.
  fileprivate mutating func move(_ key: String, asIn other: Mapping) {
    guard let from = index(of: key), let place = other.index(of: key) else { return }
    let entry = entries.remove(at: from)
    let before = other.entries[..<place].last { index(of: $0.key) != nil }
    let after = other.entries[(place + 1)...].first { index(of: $0.key) != nil }
    let to =
      before.flatMap { index(of: $0.key) }.map { $0 + 1 } ?? after.flatMap { index(of: $0.key) }
      ?? from
    entries.insert(entry, at: to)
  }
}

extension Node {
  fileprivate var firstEntry: Mapping.Entry? {
    if case .mapping(let mapping) = self { mapping.entries.first } else { nil }
  }

  /// Removes the value at a path, and with it the mappings that it leaves empty; rows of lists stay.
  mutating func prune(at path: Path) {
    guard remove(at: path) else { return }
    var parent = path.parent
    while case .key = parent.last, case .mapping(let mapping)? = self[parent], mapping.isEmpty {
      remove(at: parent)
      parent = parent.parent
    }
  }
}
