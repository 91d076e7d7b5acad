extension Rule {
  /// The headers that carry credentials, in small letters.
  static let secretHeaders: Set<String> = [
    "authorization", "proxy-authorization", "x-api-key", "api-key", "cookie",
  ]
}
