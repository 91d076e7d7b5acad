import RE2
import Resources

extension Request {
  /// The request with its headers changed before any route is looked at.
  func applying(_ changes: [HeaderChange]) -> Request {
    var request = self
    for change in changes { request.apply(change) }
    return request
  }

  mutating func apply(_ change: HeaderChange) {
    switch change {
    case .set(let name, let value):
      remove { $0 == name.lowercased() }
      headers.append(Header(name, value))
    case .add(let name, let value): headers.append(Header(name, value))
    case .addIfAbsent(let name, let value):
      guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return }
      headers.append(Header(name, value))
    case .remove(let name): remove { $0 == name.lowercased() }
    case .removeMatching(let match): remove(where: match.fits)
    }
  }

  private mutating func remove(where isGone: (String) -> Bool) {
    headers.removeAll { isGone($0.name.lowercased()) }
  }
}

extension TextMatch {
  fileprivate func fits(_ name: String) -> Bool {
    switch kind {
    case .exact: name == value.lowercased()
    case .prefix: name.hasPrefix(value.lowercased())
    case .suffix: name.hasSuffix(value.lowercased())
    case .expression: (try? RegularExpression(value))?.matches(name) ?? false
    }
  }
}
