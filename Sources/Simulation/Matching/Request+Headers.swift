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
    case .removeMatching(let match): remove { match.fits($0) }
    }
  }

  private mutating func remove(where isGone: (String) -> Bool) {
    headers.removeAll { isGone($0.name.lowercased()) }
  }
}

extension TextMatch {
  /// Whether a text is meant.
  func fits(_ text: String) -> Bool {
    switch kind {
    case .exact: text == value
    case .prefix: text.hasPrefix(value)
    case .suffix: text.hasSuffix(value)
    case .expression: (try? RegularExpression(value))?.matches(text) ?? false
    }
  }
}
