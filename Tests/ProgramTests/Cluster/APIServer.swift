import Foundation
import Glibc
import Synchronization

/// A small HTTP server that answers kubectl as an API server did when it was recorded.
final class APIServer: Sendable {
  /// A request as it came.
  struct Request: Sendable {
    let method: String
    let path: String
    let query: String
    let accept: String
    let body: String

    var isDryRun: Bool { query.contains("dryRun=All") }
  }

  /// What is sent back, and how badly.
  struct Reply: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body = ""
    /// What is sent where it is no text.
    var bytes: Data?
    /// How much of the body is sent before the connection is closed; nil for all of it.
    var cut: Int?
    /// Whether nothing is sent until the server is stopped.
    var isSilent = false

    static func status(
      _ code: Int, _ reason: String, _ message: String, details: [String: Any]? = nil
    ) -> Reply {
      var status: [String: Any] = [
        "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
        "message": message, "reason": reason, "code": code,
      ]
      status["details"] = details
      let text = (try? JSONSerialization.data(withJSONObject: status)) ?? Data()
      return Reply(status: code, body: String(decoding: text, as: UTF8.self))
    }

    /// What a server says of an object with a wrong field.
    static func invalid(
      _ kind: String, of group: String, _ name: String, _ field: String, _ message: String
    ) -> Reply {
      status(
        422, "Invalid", "\(kind).\(group) \"\(name)\" is invalid: \(field): \(message)",
        details: [
          "name": name, "group": group, "kind": kind,
          "causes": [["reason": "FieldValueInvalid", "message": message, "field": field]],
        ])
    }
  }

  typealias Behaviour = @Sendable (Request) -> Reply?

  private let socket: Int32
  private let port: UInt16
  private let exchanges: [Exchange]
  private let behaviour: Behaviour
  private let log = Mutex<[Request]>([])
  private let isStopped = Mutex(false)

  /// Starts it; where `behaviour` has nothing to say, what was recorded is replayed.
  init(_ exchanges: [Exchange] = Exchange.recorded, _ behaviour: @escaping Behaviour = { _ in nil })
    throws
  {
    signal(SIGPIPE, SIG_IGN)
    self.exchanges = exchanges
    self.behaviour = behaviour
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let file = socket
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, size) == 0 && listen(file, 64) == 0 && getsockname(file, $0, &size) == 0
      }
    }
    guard isBound else { throw Failed("no port on loopback") }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in accept() }
  }

  func stop() {
    isStopped.withLock { $0 = true }
    shutdown(socket, Int32(SHUT_RDWR))
  }

  /// Everything that was asked, in order.
  var requests: [Request] { log.withLock { $0 } }

  /// The kubeconfig of a context that leads here.
  func kubeconfig(context: String = "prod-eu", namespace: String = "team-a") -> String {
    """
    apiVersion: v1
    kind: Config
    clusters: [{name: test, cluster: {server: "http://127.0.0.1:\(port)"}}]
    users: [{name: test, user: {token: not-a-token}}]
    contexts: [{name: \(context), context: {cluster: test, user: test, namespace: \(namespace)}}]
    current-context: \(context)
    """
  }

  private func accept() {
    while true {
      let connection = Glibc.accept(socket, nil, nil)
      guard connection >= 0 else { return }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      Thread.detachNewThread { [self] in serve(connection) }
    }
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var unread: [UInt8] = []
    while let request = read(from: connection, &unread) {
      log.withLock { $0.append(request) }
      let reply = behaviour(request) ?? recorded(request)
      if reply.isSilent {
        while !isStopped.withLock({ $0 }) {
          var wait = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
          if poll(&wait, 1, 100) != 0 { return }
        }
        return
      }
      let body = reply.bytes ?? Data(reply.body.utf8)
      var head = "HTTP/1.1 \(reply.status) Answer\r\nContent-Length: \(body.count)\r\n"
      for (name, value) in ["Content-Type": "application/json"].merging(
        reply.headers, uniquingKeysWith: { $1 })
      {
        head += "\(name): \(value)\r\n"
      }
      let bytes = Array("\(head)\r\n".utf8) + body
      let count = reply.cut.map { bytes.count - body.count + $0 } ?? bytes.count
      guard write(bytes[..<count], to: connection), reply.cut == nil else { return }
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to connection: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(connection, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private func read(from connection: Int32, _ unread: inout [UInt8]) -> Request? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    func more() -> Bool {
      let count = Glibc.read(connection, &buffer, buffer.count)
      guard count > 0 else { return false }
      unread += buffer[..<count]
      return true
    }
    let mark = Array("\r\n\r\n".utf8)
    var end = unread.firstRange(of: mark)
    while end == nil {
      guard more() else { return nil }
      end = unread.firstRange(of: mark)
    }
    guard let end else { return nil }
    let lines = String(decoding: unread[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let size = Int(headers["content-length"] ?? "0") ?? 0
    while unread.count < end.upperBound + size { guard more() else { return nil } }
    let body = String(decoding: unread[end.upperBound..<end.upperBound + size], as: UTF8.self)
    unread.removeFirst(end.upperBound + size)
    let parts = words.count > 1 ? words[1].split(separator: "?", maxSplits: 1) : []
    return Request(
      method: words.first ?? "", path: parts.first.map(String.init) ?? "",
      query: parts.count > 1 ? String(parts[1]) : "", accept: headers["accept"] ?? "", body: body)
  }

  /// What was recorded for a request: by path and Accept header, a dry run also by its body.
  private func recorded(_ request: Request) -> Reply {
    let here = exchanges.filter {
      $0.method == request.method && $0.path == request.path
        && ($0.query == "dryRun=All") == request.isDryRun
    }
    let fitting = here.filter { $0.accepts(request.accept) }
    let exact = fitting.first { !$0.request.isEmpty && $0.request == request.body }
    let found = exact ?? (request.method == "GET" ? fitting.first ?? here.first : nil)
    // What is forced has no conflict.
    if let found, found.status != 409 || !request.query.contains("force=true") {
      return Reply(
        status: found.status, headers: ["Content-Type": found.type], body: found.body ?? "",
        bytes: found.bytes)
    }
    if request.method == "GET", request.path.isList {
      return Reply(body: #"{"kind":"List","apiVersion":"v1","metadata":{},"items":[]}"#)
    }
    // A dry run of what was not recorded is accepted as it is.
    if request.isDryRun { return Reply(status: 201, body: request.body) }
    return .status(404, "NotFound", "the server could not find the requested resource")
  }
}

/// One recorded exchange.
struct Exchange: Decodable, Sendable {
  let method: String
  let path: String
  let query: String
  let accept: String
  let request: String
  let status: Int
  let type: String
  let body: String?
  /// What it is where it is no text.
  var bytes: Data?

  func accepts(_ accept: String) -> Bool {
    self.accept.split(separator: ",").first == accept.split(separator: ",").first
  }

  /// Those of the project, made by `trim.py`.
  static let recorded: [Exchange] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "exchanges.jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Exchange.self, from: Data($0.utf8))
    }
  }()
}

extension String {
  /// Whether a path is that of a list: `/api/v1/services`, `/apis/group/version/namespaces/a/things`.
  fileprivate var isList: Bool {
    let parts = split(separator: "/")
    let rest = parts.dropFirst(parts.first == "api" ? 2 : 3)
    return rest.count == 1 || rest.count == 3 && rest.first == "namespaces"
  }
}
