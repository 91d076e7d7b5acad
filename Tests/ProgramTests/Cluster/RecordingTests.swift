import Foundation
import Testing

/// The whole of what kubectl and an API server said to each other, kept beside the repository.
struct Recording: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// What this kubectl asked for, and behind that what the same server said to others.
  let exchanges: [Exchange]
  /// What was applied on the server's side, without storing it.
  let dryRuns: [Exchange]

  /// None where there are no recordings.
  static let all: [Recording] = {
    guard let sandbox = try? Sandbox() else { return [] }
    let status = read("status-1.20", sandbox) + read("status-1.32", sandbox)
    let lists = status + status.compactMap(\.everywhere)
    let own = ["1.20", "1.32", "1.36"].map { ("kubectl-\($0)", read("kubectl-\($0)", sandbox)) }
    guard own.allSatisfy({ !$0.1.isEmpty }) else { return [] }
    let others = own.flatMap(\.1)
    return own.map { name, exchanges in
      Recording(
        testDescription: name, exchanges: lists + exchanges + others,
        dryRuns: exchanges.filter { $0.method == "PATCH" && $0.query == "dryRun=All" })
    }
  }()

  /// The folders of other kubectls, from `AIGW_KUBECTLS` with colons between; nil stands for the one
  /// on PATH.
  static let kubectls: [String?] =
    [nil]
    + (ProcessInfo.processInfo.environment["AIGW_KUBECTLS"] ?? "").split(separator: ":")
    .map(String.init)

  private static func read(_ name: String, _ sandbox: Sandbox) -> [Exchange] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path
    let folder = (ProcessInfo.processInfo.environment["AIGW_SHARED"] ?? beside) + "/cluster"
    guard let text = try? String(contentsOfFile: "\(folder)/\(name).jsonl", encoding: .utf8),
      (try? Run(
        [
          "-c",
          "mkdir '\(name).d'; for file in '\(folder)/\(name)'.d/*.gz; do "
            + "gzip -dc \"$file\" > \"\(name).d/$(basename \"$file\")\"; done",
        ], program: "sh", in: sandbox)) != nil
    else { return [] }
    return text.split(separator: "\n").compactMap { line in
      (try? JSONDecoder().decode(Line.self, from: Data(line.utf8)))?.exchange(in: sandbox)
    }
  }

  /// An exchange as it was recorded.
  private struct Line: Decodable {
    struct Request: Decodable {
      let headers: [String: String]
      let body: String?
    }
    struct Response: Decodable {
      let headers: [String: String]
      let body: String?
      let body_file: String?
    }
    let command: String
    let method: String
    let path: String
    let request: Request
    let status: Int
    let response: Response

    /// Nil for what is no answer to what the program asks: parts of lists, other users' questions.
    func exchange(in sandbox: Sandbox) -> Exchange? {
      let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
      let query = parts.count > 1 ? parts[1] : ""
      let isStored = method == "GET" && ![200, 404].contains(status)
      let isPart = query.contains("continue=") || command.contains("--chunk-size")
      let isMerge =
        method == "PATCH" && request.headers["Content-Type"] != "application/apply-patch+yaml"
      guard !isStored, !isPart, !isMerge, !command.contains("--as="), !command.contains("--token")
      else { return nil }
      let bytes = response.body_file.flatMap {
        FileManager.default.contents(atPath: sandbox.full($0))
      }
      return Exchange(
        method: method, path: parts.first ?? "",
        query: query.contains("dryRun=All") ? "dryRun=All" : "",
        accept: request.headers["Accept"] ?? "", request: request.body ?? "", status: status,
        type: response.headers["Content-Type"] ?? "application/json", body: response.body,
        bytes: bytes)
    }
  }
}

extension Exchange {
  /// The list of one namespace as that of all.
  fileprivate var everywhere: Exchange? {
    let parts = path.split(separator: "/")
    guard method == "GET", status == 200, parts.count == 6, parts[3] == "namespaces" else {
      return nil
    }
    return Exchange(
      method: method, path: "/" + (parts[..<3] + parts[5...]).joined(separator: "/"), query: query,
      accept: accept, request: request, status: status, type: type, body: body, bytes: bytes)
  }
}

@Suite(
  "recordings kept beside the repository",
  .enabled(if: TestCluster.hasKubectl && !Recording.all.isEmpty))
struct RecordingTests {
  private func cluster(_ recording: Recording) throws -> TestCluster {
    try TestCluster(exchanges: recording.exchanges)
  }

  private func environment(_ kubectl: String?) -> [String: String?] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return kubectl.map { ["PATH": "\($0):\(path)"] } ?? [:]
  }

  /// What a server says of an object it does not store.
  private struct Refusal: Decodable {
    struct Details: Decodable {
      struct Cause: Decodable {
        let message: String
        let field: String?
      }
      let causes: [Cause]?
    }
    let message: String?
    let details: Details?
  }

  private struct Told: Decodable {
    let path: String
    let severity: String
    let source: String
    let message: String
  }

  @Test(
    "what the server said to a dry run stands at its field, whichever kubectl asks",
    arguments: Recording.all, Recording.kubectls)
  func words(recording: Recording, kubectl: String?) throws {
    let cluster = try cluster(recording)
    var asked: Set<String> = []
    for exchange in recording.dryRuns where asked.insert(exchange.request).inserted {
      try cluster.sandbox.write("object.yaml", exchange.request)
      let run = try cluster.run(
        "check", "--cluster", "--only", "server", "--format", "json", "object.yaml",
        environment: environment(kubectl))
      let told = try JSONDecoder().decode([Told].self, from: Data(run.output.utf8))
      let refusal = try JSONDecoder().decode(Refusal.self, from: Data((exchange.body ?? "").utf8))
      let errors = told.filter { $0.severity == "error" }
      switch exchange.status {
      case 200, 201: #expect(told.isEmpty, "\(exchange.path): \(run.output)\(run.errors)")
      case 409:
        #expect(errors.isEmpty && !told.isEmpty, "\(run.output)\(run.errors)")
        for cause in refusal.details?.causes ?? [] {
          #expect(told.contains { ".\($0.path)" == cause.field }, "\(cause): \(run.output)")
        }
      case 422:
        let causes = refusal.details?.causes ?? []
        #expect(errors.count == causes.count && !causes.isEmpty, "\(run.output)\(run.errors)")
        for cause in causes {
          #expect(
            errors.contains {
              $0.message.hasSuffix(cause.message)
                && (cause.field == "<nil>" || $0.path == cause.field)
            }, "\(cause): \(run.output)")
        }
      case _:
        let field = try #require(
          refusal.message?.firstMatch(of: /: \.(.*): field not declared in schema/)?.1)
        #expect(errors.contains { $0.path == field }, "\(field): \(run.output)\(run.errors)")
      }
    }
    #expect(asked.count > 3)
  }

  @Test(
    "status tells the first broken link, whichever kubectl asks", arguments: Recording.all,
    Recording.kubectls)
  func status(recording: Recording, kubectl: String?) throws {
    let cluster = try cluster(recording)
    for example in StatusCommandTests.cases {
      try example.check(in: cluster, environment: environment(kubectl))
    }
  }

  @Test(
    "the lists are read whole, and diff finds what differs, whichever kubectl asks",
    arguments: Recording.all, Recording.kubectls)
  func lists(recording: Recording, kubectl: String?) throws {
    let cluster = try cluster(recording)
    let environment = environment(kubectl)
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let check = try cluster.run("check", "--cluster", "route.yaml", environment: environment)
    #expect(check.output.contains("opneai is not in namespace team-a here"), "\(check.errors)")
    #expect(!check.errors.contains("may not be complete"), "\(check.errors)")
    let diff = try cluster.run("diff", "--cluster", "route.yaml", environment: environment)
    #expect(diff.ending == .exit(4), "\(diff.errors)")
    #expect(diff.output.hasPrefix("AIGatewayRoute chat added\n"), "\(diff.output)")
  }
}
