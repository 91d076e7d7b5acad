package import YAML

/// One of the objects that the form writes, as `--set` and answers files name it.
package enum ObjectName: Hashable, Sendable {
  case gatewayClass
  /// What the proxies of the Gateway run as.
  case proxy
  case gateway
  case policy
  case grant(Int)
  case route
  case retry
  /// What was said of a described backend, by its place; no object, its `parts` are.
  case provider(Int)
  /// An object of a described backend.
  case part(BackendPart, Int)
  /// An object of an opened file that describes a backend, by its place there.
  case opened(BackendPart, Int)

  /// The described backend that it belongs to, by its place.
  package var provider: Int? {
    switch self {
    case .provider(let index), .part(_, let index): index
    case .gatewayClass, .proxy, .gateway, .policy, .grant, .route, .retry, .opened: nil
    }
  }

  /// Whether there can be several of them, so that it has a number.
  var isNumbered: Bool {
    switch self {
    case .grant, .part: true
    case .gatewayClass, .proxy, .gateway, .policy, .route, .retry, .provider, .opened: false
    }
  }

  /// The same of another described backend.
  func with(provider index: Int) -> ObjectName {
    switch self {
    case .provider: .provider(index)
    case .part(let part, _): .part(part, index)
    case .gatewayClass, .proxy, .gateway, .policy, .grant, .route, .retry, .opened: self
    }
  }
}

extension ObjectName: CustomStringConvertible {
  package var description: String {
    switch self {
    case .gatewayClass: "class"
    case .proxy: "proxy"
    case .gateway: "gateway"
    case .policy: "policy"
    case .grant(let index): "grant[\(index)]"
    case .route: "route"
    case .retry: "retry"
    case .provider(let index): "provider[\(index)]"
    case .part(let part, let index): "\(part.rawValue)[\(index)]"
    case .opened(let part, let place): "opened-\(part.rawValue)[\(place)]"
    }
  }

  /// The object of a name that stands alone.
  fileprivate init?(_ name: String) {
    let all: [ObjectName] = [.gatewayClass, .proxy, .gateway, .policy, .route, .retry]
    guard let found = all.first(where: { $0.description == name }) else { return nil }
    self = found
  }

  /// The object of a name with a number behind it.
  fileprivate init?(_ name: String, _ index: Int) {
    let all: [ObjectName] =
      [.grant(index), .provider(index)]
      + BackendPart.allCases.flatMap { [.part($0, index), .opened($0, index)] }
    guard let found = all.first(where: { $0.description == "\(name)[\(index)]" }) else {
      return nil
    }
    self = found
  }
}

/// A place in the form: an object and the path of a value in it, spelt as `--set` spells it
/// (`route.spec.rules[0].backendRefs[0].weight`).
///
/// Fields, problems, answers files, the journal and the command line all name fields by it. Reading
/// a text gives nil for an unknown object or what is no path; that a place exists is not said by
/// having an address.
package struct Address: Hashable, Sendable {
  package var object: ObjectName
  package var path: Path

  package init(_ object: ObjectName, _ path: Path) {
    self.object = object
    self.path = path
  }

  /// An address in the AIGatewayRoute, from the path in it.
  package static func route(_ steps: Path.Step...) -> Address { Address(.route, Path(steps)) }

  /// The address of a setting of a described backend.
  package static func provider(_ index: Int, _ setting: ProviderSetting) -> Address {
    Address(.provider(index), Path([.key(setting.rawValue)]))
  }

  package func appending(_ key: String) -> Address { Address(object, path.appending(key)) }
  package func appending(_ index: Int) -> Address { Address(object, path.appending(index)) }
  package func appending(_ other: Path) -> Address { Address(object, path.appending(other)) }
  package var parent: Address { Address(object, path.parent) }

  /// Whether this is `other` or lies below it.
  package func isWithin(_ other: Address) -> Bool {
    object == other.object && path.isWithin(other.path)
  }

  /// The index of the rule this lies in, nil outside `route.spec.rules`.
  package var rule: Int? {
    guard object == .route, path.count >= 3, path.steps[0] == .key("spec"),
      path.steps[1] == .key("rules"), case .index(let rule) = path.steps[2]
    else { return nil }
    return rule
  }
}

extension Address: CustomStringConvertible {
  package var description: String {
    let inner = path.description
    return inner.isEmpty || inner.hasPrefix("[") ? "\(object)\(inner)" : "\(object).\(inner)"
  }

  /// Reads an address as `description` writes it; nil for an unknown object or no path.
  package init?(_ text: String) {
    guard let whole = Path(text), case .key(let name) = whole.steps.first else { return nil }
    let rest = whole.steps.dropFirst()
    if let object = ObjectName(name) {
      self.init(object, Path(Array(rest)))
    } else if case .index(let index) = rest.first, let object = ObjectName(name, index) {
      self.init(object, Path(Array(rest.dropFirst())))
    } else {
      return nil
    }
  }
}
