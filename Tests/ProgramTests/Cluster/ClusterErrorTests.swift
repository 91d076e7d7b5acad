import Foundation
import Testing

@Suite("clusters that cannot be asked", .enabled(if: TestCluster.hasKubectl))
struct ClusterErrorTests {
  /// One that answers badly, and the one sentence that is said of it.
  struct Bad: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let words: String
    let seconds: Int
    let behaviour: APIServer.Behaviour

    init(
      _ name: String, _ words: String, seconds: Int = 20,
      _ behaviour: @escaping APIServer.Behaviour
    ) {
      self.seconds = seconds
      testDescription = name
      self.words = words
      self.behaviour = behaviour
    }

    static let all = [
      Bad("401", "does not accept the login") { _ in
        .status(401, "Unauthorized", "Unauthorized")
      },
      Bad("slow", "no answer", seconds: 1) { _ in APIServer.Reply(isSilent: true) },
      Bad("cut off", "or incomplete") { _ in
        APIServer.Reply(body: String(repeating: " ", count: 1000), cut: 10)
      },
      Bad("500", "server failed") { request in
        request.path.hasPrefix("/api/v1") || request.path.hasPrefix("/apis/")
          ? .status(500, "InternalError", "an error on the server (oh)") : nil
      },
      Bad("429", "too many requests (429)") { request in
        guard request.path.hasPrefix("/api/v1") || request.path.hasPrefix("/apis/") else {
          return nil
        }
        var reply = APIServer.Reply.status(429, "TooManyRequests", "too many requests")
        reply.headers["Retry-After"] = "0"
        return reply
      },
      Bad("garbage", "is not from a Kubernetes API server") { _ in
        APIServer.Reply(headers: ["Content-Type": "text/html"], body: "<html>hello</html>")
      },
      Bad("more than anybody reads", "larger than 64 MiB; choose one namespace", seconds: 200) {
        request in
        guard request.path == "/api/v1/namespaces" else { return nil }
        let padding = String(repeating: "x", count: 70 << 20)
        return APIServer.Reply(
          body: #"{"kind":"NamespaceList","apiVersion":"v1","metadata":{},"items":[{"metadata":"#
            + #"{"name":"a","annotations":{"b":"\#(padding)"}}}]}"#)
      },
    ]
  }

  @Test("each is one sentence with exit 1, and the offline part is still given", arguments: Bad.all)
  func bad(example: Bad) throws {
    let cluster = try TestCluster(example.behaviour)
    try cluster.sandbox.write("bad.yaml", ClusterCommandTests.refused)
    let run = try cluster.run(
      "check", "--cluster", "--request-timeout", "\(example.seconds)", "bad.yaml")
    cluster.server.stop()
    #expect(run.ending == .exit(1), "\(run.errors)")
    let told = run.errors.split(separator: "\n").filter { $0.hasPrefix("aigw-wizard:") }
    #expect(told.count == 1 && told[0].contains(example.words), "\(run.errors)")
    #expect(run.output.contains("unknown field \"wieght\""), "\(run.output)")
    #expect(!run.output.contains("[server."))
  }

  @Test("no kubectl, no server, no such context: one sentence each")
  func unreachable() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    try cluster.sandbox.write(
      "nobody", cluster.server.kubeconfig().replacing("127.0.0.1:", with: "127.0.0.1:1/"))
    func told(_ arguments: String..., path: String? = nil) throws -> String {
      var environment: [String: String?] = ["KUBECONFIG": cluster.sandbox.full("kubeconfig")]
      if let path { environment["PATH"] = path }
      let run = try Run(
        ["check", "route.yaml"] + arguments, in: cluster.sandbox, environment: environment)
      #expect(run.ending == .exit(1))
      let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("aigw-wizard:") }
      #expect(lines.count == 1, "\(run.errors)")
      return lines.first.map(String.init) ?? ""
    }
    #expect(try told("--context", "nosuch").contains("kubectl config get-contexts"))
    #expect(try told("--kubeconfig", "nosuch.yaml").contains("check --kubeconfig"))
    #expect(try told("--kubeconfig", "nobody").contains("cannot be reached"))
    let bin = cluster.sandbox.full("bin")
    mkdir(bin, 0o755)
    symlink("/usr/bin/env", "\(bin)/env")
    #expect(try told("--cluster", path: bin).contains("kubectl is not on PATH"))
  }

  @Test("a kind that may not be listed is told, stays unknown, and hinders nothing else")
  func forbidden() throws {
    let cluster = try TestCluster { request in
      guard request.path.hasSuffix("/v1beta1/aiservicebackends") else { return nil }
      return .status(
        403, "Forbidden",
        "aiservicebackends.aigateway.envoyproxy.io is forbidden: User \"viewer\" cannot list "
          + "resource \"aiservicebackends\" in API group \"aigateway.envoyproxy.io\" at the "
          + "cluster scope")
    }
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let run = try cluster.run("check", "--cluster", "route.yaml")
    #expect(
      run.errors.contains(
        "may not list aiservicebackends.aigateway.envoyproxy.io but in team-a"), "\(run.errors)")
    #expect(run.ending == .exit(0) && !run.output.contains("L59"), "\(run.output)")
    let status = try cluster.run("status", "missing-backend")
    #expect(status.output.contains("BAD  AIServiceBackend team-a/opneai"), "\(status.output)")
    let elsewhere = try cluster.run("status", "team-a/healthy", "-n", "infra")
    #expect(elsewhere.output.contains("?    AIServiceBackend team-a/openai: may not be read"))
    #expect(elsewhere.ending == .exit(1), "\(elsewhere.output)")
  }

  @Test("a cluster without the CRDs of AI Gateway is told so")
  func missingDefinitions() throws {
    let cluster = try TestCluster { request in
      guard request.path == "/apis",
        let recorded = Exchange.recorded.first(where: {
          $0.accepts(request.accept) && $0.path == "/apis"
        })
      else { return nil }
      return APIServer.Reply(
        headers: ["Content-Type": recorded.type],
        body: (recorded.body ?? "").replacingOccurrences(
          of: "aigateway.envoyproxy.io", with: "other.example.com"))
    }
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let run = try cluster.run("check", "--cluster", "route.yaml")
    #expect(run.errors.contains("the CRDs of AI Gateway are not installed in it"), "\(run.errors)")
    #expect(run.output.contains("the cluster does not have the kind \"AIGatewayRoute\""))
  }

  @Test(
    "a server of 1.25 or older, which knows less of discovery and OpenAPI, is asked all the same",
    arguments: [true, false])
  func oldServer(hasSchemas: Bool) throws {
    let cluster = try TestCluster { request in
      if !hasSchemas, request.path.hasPrefix("/openapi/v3") {
        return .status(404, "NotFound", "the server could not find the requested resource")
      }
      guard request.accept.contains("g=apidiscovery.k8s.io") else { return nil }
      let plain = Exchange.recorded.first {
        $0.path == request.path && $0.accept.hasPrefix("application/json, ")
      }
      return plain.map { APIServer.Reply(headers: ["Content-Type": $0.type], body: $0.body ?? "") }
    }
    try cluster.sandbox.write("bad.yaml", ClusterCommandTests.refused)
    let run = try cluster.run("check", "--cluster", "--only", "server", "bad.yaml")
    #expect(run.ending == .exit(3), "\(run.errors)")
    #expect(run.output.contains("can only have a targetRefs[*].kind of Gateway"), "\(run.output)")
    #expect(run.output.contains("wieght: field not declared in schema"), "\(run.output)")
    let status = try cluster.run("status", "healthy")
    #expect(status.ending == .exit(0), "\(status.output)\(status.errors)")
  }

  @Test("a kubectl that lacks a flag is said to be too old, and the offline part is given")
  func olderKubectl() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("bad.yaml", ClusterCommandTests.refused)
    let older = try cluster.standIn("echo 'Error: unknown flag: --server-side' >&2; exit 1")
    let run = try cluster.run("check", "--cluster", "bad.yaml", environment: older)
    #expect(run.ending == .exit(1))
    #expect(run.errors.contains("kubectl is too old for this"), "\(run.errors)")
    #expect(run.errors.contains("use 1.20 or newer"), "\(run.errors)")
    #expect(run.output.contains("unknown field \"wieght\""), "\(run.output)")
  }

  @Test("a credentials plugin that hangs does not hang us, and ends with kubectl")
  func hangingPlugin() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write(
      "plugin", "#!/bin/sh\necho $$ > '\(cluster.sandbox.full("pid"))'\nexec sleep 600\n",
      mode: 0o755)
    try cluster.sandbox.write(
      "kubeconfig",
      cluster.server.kubeconfig().replacing("http://", with: "https://").replacing(
        "{token: not-a-token}",
        with: "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, interactiveMode: Never, "
          + "command: \(cluster.sandbox.full("plugin"))}}"))
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let run = try cluster.run("check", "--cluster", "--request-timeout", "1", "route.yaml")
    #expect(run.ending == .exit(1) && run.errors.contains("no answer"), "\(run.errors)")
    let process = try #require(
      cluster.sandbox.file("pid").flatMap {
        pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
      })
    let deadline = Deadline(10)
    while kill(process, 0) == 0, deadline.left > 0 { sched_yield() }
    #expect(kill(process, 0) != 0)
  }

  @Test("called as kubectl-aigw_wizard it answers as kubectl aigw-wizard")
  func plugin() throws {
    let cluster = try TestCluster()
    symlink(Built.wizard, cluster.sandbox.full("kubectl-aigw_wizard"))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let environment: [String: String?] = [
      "PATH": "\(cluster.sandbox.work):\(path)", "KUBECONFIG": cluster.sandbox.full("kubeconfig"),
    ]
    let help = try Run(
      ["aigw-wizard", "check", "--help"], program: "kubectl", in: cluster.sandbox,
      environment: environment)
    #expect(help.output.contains("USAGE: kubectl aigw-wizard check [<options>]"), "\(help.output)")
    let misuse = try Run(
      ["aigw-wizard", "check"], program: "kubectl", in: cluster.sandbox, environment: environment)
    #expect(misuse.errors.contains("Try: kubectl aigw-wizard check --help"), "\(misuse.errors)")
    let status = try Run(
      ["aigw-wizard", "status", "healthy"], program: "kubectl", in: cluster.sandbox,
      environment: environment)
    #expect(status.output.hasPrefix("team-a/healthy is ready\n"), "\(status.output)")
  }
}
