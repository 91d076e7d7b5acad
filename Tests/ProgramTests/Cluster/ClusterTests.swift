import Foundation
import Testing

/// A cluster as kubectl sees it, and the wizard beside it.
struct TestCluster {
  let server: APIServer
  let sandbox: Sandbox

  init(
    context: String = "prod-eu", namespace: String = "team-a",
    exchanges: [Exchange] = Exchange.recorded,
    _ behaviour: @escaping APIServer.Behaviour = { _ in nil }
  ) throws {
    server = try APIServer(exchanges, behaviour)
    sandbox = try Sandbox()
    try sandbox.write("kubeconfig", server.kubeconfig(context: context, namespace: namespace))
  }

  /// One whose CRDs are those of AI Gateway 1.0.
  static func older() throws -> TestCluster {
    let older = Exchange.recorded.first { $0.path.contains("/customresourcedefinitions/") }
    let body = try #require(older?.body)
    return try TestCluster { request in
      guard request.path.contains("/customresourcedefinitions/") else { return nil }
      return APIServer.Reply(
        body: body.replacingOccurrences(of: "\"streamIdleTimeout\"", with: "\"other\""))
    }
  }

  /// Runs a command against it.
  func run(_ arguments: String..., input: String = "", environment: [String: String?] = [:]) throws
    -> Run
  {
    try Run(
      arguments, in: sandbox, input: input,
      environment: ["KUBECONFIG": sandbox.full("kubeconfig")]
        .merging(environment, uniquingKeysWith: { $1 }))
  }

  /// Puts a kubectl before the real one on PATH, which `body` may go on to with "$@"; gives what the
  /// environment is to have for that.
  func standIn(_ body: String) throws -> [String: String?] {
    try sandbox.write(
      "kubectl", "#!/bin/sh\n\(body)\nPATH=${PATH#*:}; export PATH\nexec kubectl \"$@\"\n",
      mode: 0o755)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ["PATH": "\(sandbox.work):\(path)"]
  }

  /// Whether there is a kubectl here at all.
  static let hasKubectl: Bool = {
    guard let sandbox = try? Sandbox() else { return false }
    let run = try? Run(["version", "--client"], program: "kubectl", in: sandbox)
    return run?.ending == .exit(0)
  }()
}

@Suite("status of a route in a cluster", .enabled(if: TestCluster.hasKubectl))
struct StatusCommandTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let route: String
    let ending: Int32
    let top: String
    let words: [String]
    var testDescription: String { route }

    /// Holds what `status` says against it.
    func check(in cluster: TestCluster, environment: [String: String?] = [:]) throws {
      let run = try cluster.run("status", "team-a/\(route)", environment: environment)
      #expect(run.ending == .exit(ending), "\(run.output)\(run.errors)")
      #expect(run.output.split(separator: "\n").first ?? "" == top[...], "\(run.output)")
      for words in words { #expect(run.output.contains(words), "\(run.output)") }
      #expect(run.errors == "")
    }
  }

  static let cases = [
    Case(
      route: "healthy", ending: 0, top: "team-a/healthy is ready",
      words: [
        "ok   HTTPRoute team-a/healthy: Route is accepted", "ok   Backend team-a/openai-be",
        "ok   Secret team-a/openai-apikey", "http://10.0.0.7", "\"model\": \"healthy\"",
      ]),
    Case(
      route: "missing-backend", ending: 4,
      top: "team-a/missing-backend has a problem: AIGatewayRoute team-a/missing-backend",
      words: [
        "AIServiceBackend opneai.team-a not found", "did you mean openai?",
        "BAD  HTTPRoute team-a/missing-backend: is not in the cluster",
      ]),
    Case(
      route: "not-allowed", ending: 4,
      top: "team-a/not-allowed has a problem: HTTPRoute team-a/not-allowed",
      words: ["NotAllowedByListeners", "allowedRoutes.namespaces"]),
    Case(
      route: "lost-backend", ending: 4,
      top: "team-a/lost-backend has a problem: HTTPRoute team-a/lost-backend",
      words: ["Backend team-a/gone not found"]),
    Case(
      route: "policy-conflict", ending: 4,
      top: "team-a/policy-conflict has a problem: BackendTrafficPolicy team-a/retry-b",
      words: ["another BackendTrafficPolicy has already attached", "delete one of the two"]),
    Case(
      route: "no-status", ending: 4,
      top: "team-a/no-status has a problem: AIGatewayRoute team-a/no-status",
      words: ["has no status", "check that the controller runs"]),
  ]

  @Test("the first broken link of the chain stands on top with what to do", arguments: cases)
  func states(example: Case) throws {
    let cluster = try TestCluster()
    try example.check(in: cluster)
    let json = try cluster.run("status", example.route, "--format", "json")
    let state = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(json.ending == .exit(example.ending))
    #expect(state["state"] as? String == (example.ending == 0 ? "well" : "broken"))
    #expect((state["links"] as? [Any])?.isEmpty == false)
  }
}

@Suite("commands that ask a cluster", .enabled(if: TestCluster.hasKubectl))
struct ClusterCommandTests {
  static let route = """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata:
      name: chat
    spec:
      parentRefs:
        - name: ai-gw
          namespace: infra
          kind: Gateway
          group: gateway.networking.k8s.io
      rules:
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o
          timeouts: {request: 300s}
          backendRefs:
            - name: opneai

    """

  /// What was sent when the exchanges were recorded.
  static let refused = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata:
      name: client-buffer-limit
      namespace: default
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: Service
          name: my-gateway
      connection:
        bufferLimit: 50MB
    ---
    apiVersion: aigateway.envoyproxy.io/v1alpha1
    kind: AIGatewayRoute
    metadata:
      name: openai-route
      namespace: default
    spec:
      parentRefs:
        - name: my-gateway
          kind: Gateway
          group: gateway.networking.k8s.io
      rules:
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o
          backendRefs:
            - name: openai-backend
              wieght: 80
            - name: azure-openai-backend
              namespace: models
              weight: 20

    """

  private struct Told: Decodable {
    let path: String
    let line: Int
    let severity: String
    let source: String
    let rule: String
    let message: String
  }

  private func findings(_ run: Run) throws -> [Told] {
    try JSONDecoder().decode([Told].self, from: Data(run.output.utf8))
  }

  @Test("check --cluster judges with the cluster's objects as background, and never tells of those")
  func background() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", Self.route)
    let offline = try cluster.run("check", "route.yaml")
    #expect(!offline.output.contains("L59"), "\(offline.output)")
    let run = try cluster.run("check", "--cluster", "route.yaml")
    #expect(
      run.output.contains("AIServiceBackend opneai is not in namespace team-a here, openai is"),
      "\(run.output)")
    #expect(run.output.split(separator: "\n").allSatisfy { $0.hasPrefix("route.yaml:") })
    #expect(run.ending == .exit(0) && run.errors.hasSuffix("in 1 object of 1 file\n"))
  }

  @Test("the server's own words stand at their fields with source server")
  func words() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("bad.yaml", Self.refused)
    let run = try cluster.run("check", "--cluster", "--format", "json", "bad.yaml")
    #expect(run.ending == .exit(3), "\(run.errors)")
    let told = try findings(run).filter { $0.source == "server" }
    #expect(told.allSatisfy { $0.rule == "server.refused" && $0.severity == "error" })
    let limit = try #require(told.first { $0.path == "spec.connection.bufferLimit" })
    #expect(limit.line == 12)
    #expect(told.contains { $0.path == limit.path && $0.message.contains("should match") })
    #expect(
      told.contains {
        $0.path == "spec" && $0.message.contains("can only have a targetRefs[*].kind of Gateway")
      })
    let unknown = try #require(told.first { $0.path == "spec.rules[0].backendRefs[0].wieght" })
    #expect(unknown.line == 32 && unknown.message.hasSuffix("field not declared in schema"))
    let only = try cluster.run("check", "--cluster", "--only", "server", "bad.yaml")
    #expect(only.output.split(separator: "\n").allSatisfy { $0.hasSuffix("[server.refused]") })
  }

  @Test("what the server has against the generated HTTPRoute stands at the field it comes from")
  func generated() throws {
    let cluster = try TestCluster { request in
      guard request.isDryRun, request.path.hasSuffix("/httproutes/chat") else { return nil }
      #expect(request.query.contains("force=true"))
      return .invalid(
        "HTTPRoute", of: "gateway.networking.k8s.io", "chat",
        "spec.rules[0].matches[0].headers[0].value", "Invalid value: \"gpt-4o\": not here")
    }
    try cluster.sandbox.write("route.yaml", Self.route)
    let run = try cluster.run("check", "--cluster", "--only", "server", "route.yaml")
    #expect(
      run.output
        == "route.yaml:16:22: error: the HTTPRoute made of it: "
        + "spec.rules[0].matches[0].headers[0].value: Invalid value: \"gpt-4o\": not here "
        + "[server.refused]\n", "\(run.output)\(run.errors)")
  }

  @Test("a field of another manager is a warning; what is wrong beside it is told too")
  func conflict() throws {
    let cluster = try TestCluster { request in
      guard request.isDryRun, request.path.hasSuffix("/aigatewayroutes/chat") else { return nil }
      guard request.query.contains("force=true") else {
        return .status(
          409, "Conflict",
          "Apply failed with 1 conflict: conflict with \"argocd\" using "
            + "aigateway.envoyproxy.io/v1beta1: .spec.rules")
      }
      return .invalid(
        "AIGatewayRoute", of: "aigateway.envoyproxy.io", "chat", "spec.parentRefs",
        "Invalid value: no")
    }
    try cluster.sandbox.write("route.yaml", Self.route)
    let run = try cluster.run("check", "--cluster", "--only", "server", "route.yaml")
    #expect(run.output.contains("11:3: warning: spec.rules is owned by argocd"), "\(run.output)")
    #expect(run.output.contains("6:3: error: spec.parentRefs: Invalid value: no"), "\(run.output)")
    #expect(run.ending == .exit(3))
  }

  @Test("nothing but GETs and dry runs leave, and no Secret is fetched with its data")
  func requests() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", Self.route)
    try cluster.sandbox.write(
      "secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {apiKey: not-a-key}\n")
    for words in [
      ["check", "--cluster", "route.yaml", "secret.yaml"], ["simulate", "--cluster", "route.yaml"],
      ["diff", "--cluster", "route.yaml", "secret.yaml"], ["status", "healthy"],
    ] {
      _ = try Run(
        words, in: cluster.sandbox,
        environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    }
    let requests = cluster.server.requests
    #expect(requests.contains { $0.method == "PATCH" })
    for request in requests {
      #expect(request.method == "GET" || request.isDryRun, "\(request.method) \(request.path)")
      guard request.path.contains("/secrets") else { continue }
      #expect(request.method == "GET" && request.accept.hasPrefix("application/json;as=Table"))
      #expect(request.path == "/api/v1/namespaces/team-a/secrets")
    }
    #expect(requests.contains { $0.path.hasSuffix("/secrets") })
  }

  @Test("simulate --cluster answers with the cluster's Gateway, policies and routes")
  func simulate() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", Self.route)
    let run = try cluster.run("simulate", "--cluster", "route.yaml", "--model", "gpt-4o")
    #expect(run.ending == .exit(0), "\(run.errors)")
    #expect(run.output.contains("Gateway infra/ai-gw, listener http"), "\(run.output)")
    #expect(run.output.contains("bufferLimit 50Mi of ClientTrafficPolicy buffer"))
    #expect(run.output.contains("rule 1 (healthy) of team-a/healthy"))
  }

  @Test("diff --cluster tells what applying would change, by path and by line, and no status")
  func diff() throws {
    let cluster = try TestCluster { request in
      guard request.isDryRun, request.path.hasSuffix("/healthy") else { return nil }
      let present = Exchange.recorded.first { $0.path == request.path }?.body ?? ""
      return APIServer.Reply(
        body: present.replacingOccurrences(of: "\"weight\":1", with: "\"weight\":3"))
    }
    try cluster.sandbox.write(
      "route.yaml",
      Self.route.replacing("name: chat", with: "name: healthy").replacing(
        "name: opneai", with: "name: openai"))
    let run = try cluster.run("diff", "--cluster", "route.yaml")
    #expect(run.ending == .exit(4), "\(run.errors)")
    #expect(run.output.contains("--- AIGatewayRoute team-a/healthy in the cluster"))
    #expect(
      run.output.contains("\n-      weight: 1\n") && run.output.contains("\n+      weight: 3\n"))
    for word in ["status", "uid", "resourceVersion", "generation", "creationTimestamp"] {
      #expect(!run.output.contains("\(word):"), "\(run.output)")
    }
    try cluster.sandbox.write("new.yaml", Self.route)
    let new = try cluster.run("diff", "--cluster", "new.yaml")
    #expect(new.ending == .exit(4) && new.output.hasPrefix("AIGatewayRoute chat added\n"))
  }

  @Test("diff --cluster asks once for what stands there of all objects")
  func oneQuestion() throws {
    let cluster = try TestCluster { request in
      request.isDryRun
        ? Exchange.recorded.first { $0.path == request.path && $0.method == "GET" }.map {
          APIServer.Reply(body: $0.body ?? "")
        } : nil
    }
    let healthy = Self.route.replacing("name: chat", with: "name: healthy")
    try cluster.sandbox.write("routes.yaml", healthy + "---\n" + Self.route)
    let log = try cluster.standIn("echo \"$*\" >> '\(cluster.sandbox.full("log"))'")
    let run = try cluster.run("diff", "--cluster", "routes.yaml", environment: log)
    #expect(run.output.contains("AIGatewayRoute chat added"), "\(run.output)\(run.errors)")
    #expect(!run.output.contains("AIGatewayRoute healthy added"), "\(run.output)")
    let calls = cluster.sandbox.file("log")?.split(separator: "\n") ?? []
    #expect(calls.count { $0.contains(" get ") } == 1, "\(calls)")
    #expect(calls.count { $0.contains(" apply ") } == 2, "\(calls)")
  }

  @Test(
    "diff --cluster says in one sentence that a cluster is not reached, without advice on dry runs")
  func diffUnreached() throws {
    let cluster = try TestCluster()
    cluster.server.stop()
    for text in [Self.route, Self.route + "---\n" + Self.refused] {
      try cluster.sandbox.write("routes.yaml", text)
      let run = try cluster.run("diff", "--cluster", "routes.yaml")
      #expect(run.ending == .exit(1))
      #expect(run.errors.contains("the cluster's server cannot be reached"), "\(run.errors)")
      #expect(!run.errors.contains("--validate") && run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("open takes off what the server made, and opens the rest as text")
  func open() throws {
    let cluster = try TestCluster()
    let tmux = try Tmux(
      "'\(Built.wizard)' open healthy --cluster; echo \"[status $?]\"; exec cat",
      in: cluster.sandbox, columns: 160, rows: 50,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.wait(until: "the route") { $0.contains("^G Help") && $0.contains("healthy") }
    let screen = try tmux.wait(until: "the preview") { $0.contains("modelsOwnedBy") }
    for word in ["creationTimestamp", "resourceVersion", "ReconciliationSucceeded"] {
      #expect(!screen.contains(word), "\(screen)")
    }
  }

  @Test("the installed CRDs propose the release")
  func release() throws {
    let cluster = try TestCluster.older()
    try cluster.sandbox.write("route.yaml", Self.route)
    let run = try cluster.run("check", "--cluster", "route.yaml")
    #expect(run.errors.contains("its CRDs are those of AI Gateway 1.0"), "\(run.errors)")
    let chosen = try cluster.run("check", "--cluster", "--for", "1.1", "route.yaml")
    #expect(!chosen.errors.contains("its CRDs"))
  }

  @Test("a kubectl that cannot be strict is told so, and our own schemas judge")
  func oldKubectl() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("bad.yaml", Self.refused)
    // As kubectl 1.20 answers; all else is kubectl's.
    let old = try cluster.standIn(
      """
      case "$*" in *--validate=strict*)
        echo 'Error: invalid argument "strict" for "--validate" flag: strconv.ParseBool' >&2
        exit 1
      esac
      """)
    let run = try cluster.run("check", "--cluster", "bad.yaml", environment: old)
    #expect(run.errors.contains("this kubectl has no strict validation"), "\(run.errors)")
    #expect(run.output.contains("unknown field \"wieght\"; did you mean weight?"))
    #expect(run.ending == .exit(3))
  }
}

@Suite("the wizard with a cluster", .enabled(if: TestCluster.hasKubectl))
struct ClusterWizardTests {
  @Test("connect lists the contexts, the title names what was read, and the checklist knows")
  func connect() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let tmux = try Tmux.wizard(
      "route.yaml", in: cluster.sandbox, columns: 200, rows: 60,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.wait(until: "Review offline") { $0.contains("offline  ") && $0.contains("^G Help") }
    try tmux.press("<C-g>connect-cluster<Enter>")
    try tmux.wait(until: "the contexts") { $0.contains("Which cluster?") && $0.contains("prod-eu") }
    try tmux.press("<Enter>")
    let screen = try tmux.wait(until: "the cluster") {
      $0.contains("cluster: prod-eu, ") && $0.contains("objects read")
    }
    #expect(screen.contains("[done] parentRefs: infra/ai-gw, in cluster prod-eu"), "\(screen)")
    #expect(screen.contains("[MISSING] backendRefs: opneai not in cluster prod-eu"), "\(screen)")
    #expect(screen.contains("50Mi of infra/buffer"), "\(screen)")
    #expect(screen.contains("Gateway infra/ai-gw, listener http"), "\(screen)")
    #expect(cluster.server.requests.allSatisfy { $0.method == "GET" })
  }

  @Test("names of the cluster are offered in fields, with the namespace beside them")
  func names() throws {
    let cluster = try TestCluster()
    let tmux = try Tmux.wizard(
      "--recipe split --cluster", in: cluster.sandbox, columns: 120, rows: 40,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    try tmux.go("route.spec.parentRefs[0].name")
    try tmux.press("<Esc>o")
    try tmux.wait(until: "the Gateways") { $0.contains("ai-gw  in infra") }
    try tmux.press("infra")
    try tmux.wait(until: "one Gateway") { !$0.contains("my-gateway  in default") }
    try tmux.press("<Enter>")
    try tmux.wait(until: "the Gateway with its namespace") {
      $0.contains("namespace: infra") && $0.contains("name: ai-gw")
    }
  }

  @Test("names of Secrets are offered, and no Secret was fetched with its data")
  func secrets() throws {
    let cluster = try TestCluster()
    let tmux = try Tmux.wizard(
      "--recipe openai --set route.metadata.namespace=team-a --cluster", in: cluster.sandbox,
      columns: 120, rows: 40, environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    try tmux.go("provider[0].secret")
    try tmux.press("<Esc>o")
    // The recipe's own name stands in the form before the panel is open.
    let title = "─ provider[0].secret ─"
    try tmux.wait(until: "the Secrets") { $0.contains(title) && $0.contains(">openai-apikey") }
    try tmux.press("openai-a<Enter>")
    try tmux.wait(until: "the Secret") {
      !$0.contains(title) && $0.contains("name: openai-apikey")
    }
    let asked = cluster.server.requests.filter { $0.path.contains("/secrets") }
    #expect(!asked.isEmpty)
    for request in asked {
      #expect(request.method == "GET" && request.accept.hasPrefix("application/json;as=Table"))
      #expect(request.path == "/api/v1/secrets")
    }
  }

  @Test("a server that does not answer holds nothing up, and Esc gives up")
  func silentServer() throws {
    let cluster = try TestCluster { _ in APIServer.Reply(isSilent: true) }
    let tmux = try Tmux.wizard(
      "--recipe split", in: cluster.sandbox,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.press("<C-g>connect-cluster<Enter>")
    try tmux.wait(until: "the contexts") { $0.contains("Which cluster?") && $0.contains("prod-eu") }
    try tmux.press("<Enter>")
    try tmux.wait(until: "the wait") { $0.contains("reading cluster prod-eu") }
    try tmux.press("<Esc>")
    try tmux.wait(until: "the form again") {
      !$0.contains("reading cluster") && $0.contains("^G Help")
    }
    try tmux.go("route.metadata.name")
    #expect(try tmux.wait(until: "offline") { $0.contains("offline") }.contains("offline"))
    cluster.server.stop()
  }
}
