package import YAML

/// One of the objects that the form writes, as `--set` and answers files name it.
package enum ObjectName: Hashable, Sendable {
  case policy
  case grant(Int)
  case route
  case retry
}

extension ObjectName: CustomStringConvertible {
  package var description: String {
    switch self {
    case .policy: "policy"
    case .grant(let index): "grant[\(index)]"
    case .route: "route"
    case .retry: "retry"
    }
  }
}

/// A place in the form: an object and the path of a value in it, spelt as `--set` spells it
/// (`route.spec.rules[0].backendRefs[0].weight`).
package struct Address: Hashable, Sendable {
  package var object: ObjectName
  package var path: Path

  package init(_ object: ObjectName, _ path: Path) {
    self.object = object
    self.path = path
  }

  /// An address in the AIGatewayRoute, from the path in it.
  package static func route(_ steps: Path.Step...) -> Address { Address(.route, Path(steps)) }

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
    switch name {
    case "policy": self.init(.policy, Path(Array(rest)))
    case "route": self.init(.route, Path(Array(rest)))
    case "retry": self.init(.retry, Path(Array(rest)))
    case "grant":
      guard case .index(let index) = rest.first else { return nil }
      self.init(.grant(index), Path(Array(rest.dropFirst())))
    default: return nil
    }
  }
}
