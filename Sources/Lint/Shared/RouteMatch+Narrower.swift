import Resources

extension RouteMatch {
  /// The keys of matches on all its headers but one, and on one of them alone.
  var narrowerKeys: [Int] {
    let parts = conditions.headers.map(\.hashValue)
    return parts.map { key &- $0 } + parts
  }
}
