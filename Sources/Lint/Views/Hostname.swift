/// Hosts as listeners and routes write them: `api.example.com` or `*.example.com`.
enum Hostname {
  /// Whether some host fits both; a wildcard stands for one label or more (Gateway API's
  /// HTTPRoute.spec.hostnames).
  static func intersects(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.lowercased(), right.lowercased())
    return left == right || covers(left, right) || covers(right, left)
  }

  private static func covers(_ wildcard: String, _ host: String) -> Bool {
    wildcard.hasPrefix("*.") && host.hasSuffix(wildcard.dropFirst())
      && host.utf8.count >= wildcard.utf8.count
  }
}
