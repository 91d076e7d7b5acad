/// The messages that kubectl wrote to stderr.
struct ErrorOutput: Sendable {
  /// Its lines, without those of its log.
  let lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n").map(String.init).filter { line in
      !line.isLogEntry && !line.hasPrefix("Warning: ")
    }
    log = text.split(separator: "\n").map(String.init).filter(\.isLogEntry)
  }

  /// The log, which is used where there are no other lines.
  private let log: [String]

  var text: String { lines.joined(separator: "\n") }

  /// The resources that may not be listed, as `gateways.gateway.networking.k8s.io`.
  var forbidden: [String] {
    lines.compactMap { line in
      line.cut(at: " is forbidden")?.before.parts(between: ": ").last
    }
  }

  /// The error that they describe.
  var error: ClusterError {
    let first = lines.first.map(Self.withoutPrefix) ?? log.last ?? "it gave no reason"
    let all = (lines + log).joined(separator: "\n")
    func says(_ texts: String...) -> Bool { texts.contains(where: all.holds) }
    if says("TooManyRequests", "too many requests") { return .tooManyRequests }
    if says("Unauthorized", "provide credentials", "getting credentials") {
      return .login(first)
    }
    if says("is forbidden", "(Forbidden)") { return .forbidden(first) }
    if says("doesn't have a resource type", "no matches for kind") { return .missingKind(first) }
    if says("unknown flag", "unknown shorthand flag", "unknown command") {
      return .oldKubectl(first)
    }
    if says("Client.Timeout", "deadline exceeded", "timeout awaiting", "request canceled") {
      return .unreachable("no answer in time (\(first))")
    }
    if says(
      "no such file or directory", "context was not found", "cannot locate context",
      "does not exist",
      "Error in configuration", "error loading config", "Error loading config")
    {
      return .configuration(first)
    }
    // What kubectl takes for the server where its configuration names none.
    if says("localhost:8080 was refused") { return .noContext }
    if says(
      "was refused", "Unable to connect", "dial tcp", "no such host", "connection reset",
      "i/o timeout", "TLS handshake", "x509")
    {
      return .unreachable(first)
    }
    if says("(InternalError)", "(ServiceUnavailable)", "an error on the server", "GatewayTimeout") {
      return .server(first)
    }
    if says(
      "invalid character", "unexpected EOF", "couldn't get version/kind", "cannot unmarshal",
      "looking for beginning of value", "EOF")
    {
      return .unreadable(first)
    }
    return .other(first)
  }

  private static func withoutPrefix(_ line: String) -> String {
    for prefix in ["error: ", "Error from server: "] where line.hasPrefix(prefix) {
      return String(line.dropFirst(prefix.count))
    }
    return line
  }
}

extension String {
  /// Whether it is a line of klog: `E1129 08:57:33.777830    8139 memcache.go:265] ...`.
  fileprivate var isLogEntry: Bool {
    guard let first = utf8.first, "EWIF".utf8.contains(first) else { return false }
    let digits = utf8.dropFirst().prefix(4)
    return digits.count == 4 && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      && holds("] ")
  }
}
