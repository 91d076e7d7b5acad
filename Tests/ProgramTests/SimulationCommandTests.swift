import Foundation
import Testing

/// The commands `generated`, `simulate` and `test`.
@Suite struct SimulationCommandTests {
  static let route = """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: chat, namespace: team-a}
    spec:
      parentRefs: [{name: gw}]
      rules:
        - name: gpt
          matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
          backendRefs: [{name: openai, weight: 9}, {name: azure, weight: 1}]

    """

  static let service = """
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIServiceBackend
    metadata: {name: openai, namespace: team-a}
    spec:
      schema: {name: OpenAI}
      backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: openai-be}

    """

  func sandbox(_ more: String = "") throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write("route.yaml", SimulationCommandTests.route + more)
    return sandbox
  }

  func json<Value>(_ run: Run) throws -> Value {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? Value)
  }

  @Test("generated prints three documents, and says what it does not know")
  func generated() throws {
    let sandbox = try sandbox(SimulationCommandTests.service)
    let run = try Run(["generated", "route.yaml"], in: sandbox)
    #expect(run.ending == .exit(0))
    #expect(run.output.components(separatedBy: "\n---\n").count == 3)
    #expect(run.output.contains("name: openai-be") && run.output.contains("<Backend of azure>"))
    #expect(run.errors.contains("team-a/azure") && !run.errors.contains("team-a/openai"))
    #expect(!run.output.contains("ownerReferences") && !run.output.contains("PathPrefix"))
    let stored = try Run(["generated", "--stored", "route.yaml"], in: sandbox)
    #expect(stored.output.contains("<uid of the AIGatewayRoute>"))
    #expect(stored.output.contains("type: PathPrefix"))
  }

  @Test("generated reads stdin and lists, and prints one array in JSON")
  func generatedJSON() throws {
    let sandbox = try sandbox()
    let run = try Run(
      ["generated", "-", "--format", "json"], in: sandbox,
      input: "apiVersion: v1\nkind: List\nitems:\n- apiVersion: aigateway.envoyproxy.io/v1beta1\n"
        + "  kind: AIGatewayRoute\n  metadata: {name: r}\n  spec: {parentRefs: [{name: gw}], rules: []}\n"
    )
    #expect(run.ending == .exit(0))
    let objects: [[String: Any]] = try json(run)
    #expect(
      objects.map { $0["kind"] as? String } == ["HTTPRoute", "HTTPRouteFilter", "HTTPRouteFilter"])
  }

  @Test("generated prints the controller's words instead of objects, and exits with 3")
  func stopped() throws {
    let sandbox = try sandbox()
    try sandbox.write(
      "far.yaml",
      SimulationCommandTests.route.replacing("name: azure", with: "name: azure, namespace: shared"))
    let words = "failed to construct a new HTTPRoute: failed to get AIServiceBackend azure.shared"
    let run = try Run(["generated", "far.yaml"], in: sandbox)
    #expect(run.ending == .exit(3))
    #expect(run.output.contains(words) && run.errors.contains(words))
    #expect(!run.output.contains("kind: HTTPRoute"))
    let asJSON = try Run(["generated", "far.yaml", "--format=json"], in: sandbox)
    let objects: [[String: Any]] = try json(asJSON)
    #expect(asJSON.ending == .exit(3) && objects.count == 1)
    #expect((objects[0]["message"] as? String)?.hasPrefix(words) == true)
  }

  @Test("simulate tells the winner in words and in JSON")
  func simulate() throws {
    let sandbox = try sandbox()
    let run = try Run(["simulate", "route.yaml", "--model", "gpt-4o"], in: sandbox)
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    #expect(run.output.hasPrefix("200: rule 1 (gpt-4o) of team-a/chat"))
    #expect(run.output.contains("90%") && run.output.contains("60s"))
    let asJSON = try Run(
      ["simulate", "-", "--model=gpt-4o", "--format=json"], in: sandbox,
      input: SimulationCommandTests.route)
    let answer: [String: Any] = try json(asJSON)
    #expect(answer["status"] as? Int == 200 && answer["rule"] as? Int == 0)
    #expect((answer["backends"] as? [[String: Any]])?.first?["share"] as? Double == 0.9)
    let missing = try Run(
      ["simulate", "route.yaml", "--model", "other", "--format", "json"], in: sandbox)
    let notFound: [String: Any] = try json(missing)
    #expect(missing.ending == .exit(0) && notFound["status"] as? Int == 404)
  }

  @Test("simulate --for knows the endpoints of a release, and says what a backend is sent")
  func endpoints() throws {
    let sandbox = try sandbox(SimulationCommandTests.service)
    func answer(_ words: String...) throws -> String {
      try Run(["simulate", "route.yaml", "--model", "gpt-4o"] + words, in: sandbox).output
    }
    #expect(try answer().contains("upstream: its endpoint, path /v1/chat/completions\n"))
    let tokenize = ["--path", "/tokenize"]
    #expect(try answer(tokenize[0], tokenize[1]).hasPrefix("200"))
    let older = try answer(tokenize[0], tokenize[1], "--for", "1.0")
    // Names of rules are unknown to 1.0, too.
    #expect(older.hasPrefix("404, with a reservation: unsupported path"))
    let rerank = try answer("--path", "/cohere/v2/rerank")
    #expect(rerank.contains("90% of the requests get 500: schema OpenAI"))
  }

  @Test("simulate takes headers, host, path, method and size")
  func request() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "route.yaml",
      SimulationCommandTests.route.replacing(
        "value: gpt-4o}]", with: "value: gpt-4o}, {name: x-t, value: 'a=b'}]"
      ).replacing("rules:", with: "hostnames: [a.example.com]\n  rules:"))
    func status(_ words: String...) throws -> String {
      let run = try Run(["simulate", "route.yaml", "--model", "gpt-4o"] + words, in: sandbox)
      return String(run.output.prefix(3))
    }
    let header = "--header=X-T=a=b"
    #expect(try status() == "404")
    #expect(try status(header) == "200")
    #expect(try status("--header", "X-T: a=b") == "200")
    #expect(try status("--header=x-t:a=b") == "200")
    #expect(try status("--header", "X-T: b=a") == "404")
    #expect(try status(header, "--host", "a.example.com:80") == "200")
    #expect(try status(header, "--host", "b.example.com") == "404")
    #expect(try status(header, "--path", "/v1/other") == "404")
    #expect(try status(header, "--size", "32769") == "413")
    #expect(try status(header, "--size", "1Ki", "--method", "PUT") == "200")
  }

  @Test("simulate --listener sends the request to that listener alone")
  func listener() throws {
    let gateway = """
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gw, namespace: team-a}
      spec:
        gatewayClassName: eg
        listeners:
          - {name: inner, port: 80, protocol: HTTP}
          - {name: outer, port: 8080, protocol: HTTP}

      """
    let sandbox = try Sandbox()
    try sandbox.write(
      "route.yaml",
      SimulationCommandTests.route.replacing("{name: gw}", with: "{name: gw, sectionName: outer}")
        + gateway)
    func answer(_ listener: String) throws -> Run {
      try Run(
        ["simulate", "route.yaml", "--model", "gpt-4o", "--listener", listener], in: sandbox)
    }
    let outer = try answer("outer")
    #expect(outer.ending == .exit(0) && outer.output.hasPrefix("200: rule 1 (gpt-4o)"))
    #expect(outer.output.contains("listener outer"))
    let inner = try answer("inner")
    #expect(inner.ending == .exit(0) && inner.output.hasPrefix("404"), "\(inner.output)")
    let unknown = try answer("none")
    #expect(unknown.ending == .exit(0) && unknown.output.hasPrefix("404"), "\(unknown.output)")
  }

  @Test("generated, simulate and test follow the release that --for names")
  func release() throws {
    let sandbox = try sandbox()
    func generated(_ release: String) throws -> String {
      let run = try Run(["generated", "route.yaml", "--for", release], in: sandbox)
      #expect(run.ending == .exit(0))
      return run.output
    }
    // Rules of HTTPRoutes have the name of theirs since 1.1.
    #expect(try generated("1.1").contains("name: gpt\n"))
    #expect(try !generated("1.0").contains("name: gpt\n"))
    try sandbox.write(
      "pool.yaml",
      SimulationCommandTests.route.replacing(
        "[{name: openai, weight: 9}, {name: azure, weight: 1}]",
        with: "[{group: inference.networking.k8s.io, kind: InferencePool, name: pool, "
          + "namespace: x}]"))
    func simulated(_ release: String) throws -> String {
      let run = try Run(
        ["simulate", "pool.yaml", "--model", "gpt-4o", "--for", release], in: sandbox)
      #expect(run.ending == .exit(0))
      return run.output
    }
    // A pool in another namespace needs a grant only where its namespace counts.
    #expect(try simulated("1.1").contains("InferencePools in x"))
    #expect(try !simulated("1.0").contains("InferencePools in x"))
    try sandbox.write("route.cases.yaml", SimulationCommandTests.cases)
    let test = try Run(["test", "route.yaml", "--for", "1.0"], in: sandbox)
    #expect(test.ending == .exit(0) && test.errors.contains("2 passed"), "\(test.errors)")
  }

  @Test("simulate tells what a backend that is down does, and where the controller stops")
  func down() throws {
    let sandbox = try sandbox()
    let run = try Run(
      ["simulate", "route.yaml", "--model", "gpt-4o", "--down", "openai"], in: sandbox)
    #expect(run.output.contains("90% of the requests fail at the first try"))
    let all = try Run(
      ["simulate", "-", "--model", "gpt-4o", "--down", "openai", "--down=azure", "--format=json"],
      in: sandbox,
      input: SimulationCommandTests.route.replacing(
        "name: azure", with: "name: azure, namespace: x"))
    let answer: [String: Any] = try json(all)
    #expect(answer["status"] as? Int == 503)
    let reservations = try #require(answer["reservations"] as? [String])
    #expect(reservations.contains { $0.contains("failed to get AIServiceBackend azure.x") })
  }

  @Test("a request that needs no model needs no --model")
  func withoutModel() throws {
    let sandbox = try sandbox()
    let plain = """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: web, namespace: team-a}
      spec:
        parentRefs: [{name: gw}]
        rules: [{backendRefs: [{name: web, port: 80}]}]

      """
    try sandbox.write("web.yaml", plain)
    let web = try Run(["simulate", "web.yaml", "--method", "GET", "--path", "/"], in: sandbox)
    #expect(web.ending == .exit(0) && web.output.hasPrefix("200: "), "\(web.output)\(web.errors)")
    let list = try Run(
      ["simulate", "route.yaml", "--method", "GET", "--path", "/v1/models"], in: sandbox)
    #expect(list.ending == .exit(0) && list.output.contains("gpt-4o"), "\(list.output)")
  }

  @Test("a backend to take down that no rule has is named, with those that there are")
  func strangers() throws {
    let sandbox = try sandbox()
    func warnings(_ name: String) throws -> [String] {
      let run = try Run(
        ["simulate", "route.yaml", "--model", "gpt-4o", "--format=json", "--down", name],
        in: sandbox)
      #expect(run.ending == .exit(0))
      let answer: [String: Any] = try json(run)
      return try #require(answer["warnings"] as? [String]).filter { $0.contains("to take down") }
    }
    #expect(
      try warnings("nope")
        == ["no rule has a backend nope to take down; there are openai, azure"])
    #expect(
      try warnings("opneai") == ["no rule has a backend opneai to take down; did you mean openai?"])
    #expect(try warnings("x/azure").first?.contains("team-a/azure") == true)
    #expect(try warnings("azure") == [])
    #expect(try warnings("team-a/azure") == [])
  }

  @Test("simulate --models lists the models, in JSON as the gateway answers")
  func models() throws {
    let sandbox = try sandbox()
    let run = try Run(["simulate", "route.yaml", "--models"], in: sandbox)
    #expect(run.ending == .exit(0) && run.output.hasPrefix("gpt-4o "))
    let list: [String: Any] = try json(
      try Run(["simulate", "route.yaml", "--models", "--format", "json"], in: sandbox))
    #expect((list["data"] as? [[String: Any]])?.first?["id"] as? String == "gpt-4o")
  }

  @Test("of several Gateways one is chosen by name")
  func gateways() throws {
    let sandbox = try sandbox(
      "---\n"
        + SimulationCommandTests.route.replacing("name: gw", with: "name: other")
        .replacing("name: chat", with: "name: b"))
    let run = try Run(
      ["simulate", "route.yaml", "--model", "gpt-4o", "--gateway", "team-a/other"], in: sandbox)
    #expect(run.output.contains("team-a/b"))
    let unknown = try Run(
      ["simulate", "route.yaml", "--model", "gpt-4o", "--gateway", "x"], in: sandbox)
    #expect(unknown.ending == .exit(3) && unknown.errors.contains("use team-a/gw, team-a/other"))
  }

  static let cases = """
    version: 1
    cases:
      - name: chat
        request: {model: gpt-4o}
        expect: {status: 200, rule: gpt, backends: {openai: 90%, azure: 10%}}
      - request: {model: other}
        expect: {status: 404}

    """

  @Test("test runs the cases beside a file, one line each")
  func cases() throws {
    let sandbox = try sandbox()
    try sandbox.write("route.cases.yaml", SimulationCommandTests.cases)
    for name in ["route.yaml", "route.cases.yaml"] {
      let run = try Run(["test", name], in: sandbox)
      #expect(run.ending == .exit(0))
      #expect(run.output == "pass  route.cases.yaml: chat\npass  route.cases.yaml: model other\n")
    }
    try sandbox.write(
      "route.yaml", SimulationCommandTests.route.replacing("weight: 9", with: "weight: 1"))
    let failed = try Run(["test", "route.yaml"], in: sandbox)
    #expect(failed.ending == .exit(4))
    #expect(failed.output.hasPrefix("FAIL  route.cases.yaml: chat: backends is azure 50%"))
    let results: [[String: Any]] = try json(
      try Run(["test", "route.yaml", "--format", "json"], in: sandbox))
    #expect(results.map { $0["passed"] as? Bool } == [false, true])
    // What cannot be judged stands beside the difference.
    try sandbox.write(
      "route.yaml",
      SimulationCommandTests.route.replacing("weight: 9", with: "weight: 1") + """
        ---
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: BackendTrafficPolicy
        metadata: {name: slow, namespace: team-a}
        spec:
          targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
          circuitBreaker: {maxParallelRequests: 10}

        """)
    let reserved = try Run(["test", "route.yaml"], in: sandbox)
    #expect(reserved.output.contains("reservation: circuitBreaker of BackendTrafficPolicy slow"))
  }

  @Test("cases may name their files, beside them")
  func caseFiles() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", SimulationCommandTests.route)
    try sandbox.write(
      "all.cases.yaml",
      SimulationCommandTests.cases.replacing("cases:", with: "files: [a.yaml]\ncases:"))
    #expect(try Run(["test", "all.cases.yaml"], in: sandbox).ending == .exit(0))
    #expect(try Run(["test", "\(sandbox.work)/all.cases.yaml"], in: sandbox).ending == .exit(0))
  }

  @Test(
    "what is wrong is said with its place and what would be right",
    arguments: [
      (["generated"], 2, "generated needs files"),
      (["simulate", "-", "-", "--model", "m"], 2, "give - once"), (["test", "-"], 2, "file"),
      (["generated", "route.yaml", "--format", "text"], 2, "'yaml' and 'json'"),
      (["simulate", "route.yaml", "--models", "--format", "yaml"], 2, "'text' and 'json'"),
      (["simulate", "route.yaml", "--model", "m", "--header", "x"], 2, "NAME: VALUE"),
      (["simulate", "route.yaml", "--model", "m", "--size", "1x"], 2, "1Mi"),
      (["test", "route.yaml", "--for", "2.0"], 2, "'0.7', '1.0' or '1.1'"),
      (["simulate", "route.yaml", "--model", "m", "--path", "v1"], 2, "/v1/chat/completions"),
      (["generated", "none.yaml"], 1, "none.yaml: no such file"),
      (["generated", "broken.yaml"], 1, "broken.yaml:2:"),
      (["simulate", "empty.yaml", "--model", "m"], 3, "parentRefs"),
      (["test", "empty.yaml"], 1, "empty.cases.yaml"),
      (["test", "bad.cases.yaml"], 3, "bad.cases.yaml:2:"),
      (["generated", "empty.yaml"], 0, "no AIGatewayRoute"),
    ])
  func misuse(arguments: [String], status: Int32, words: String) throws {
    let sandbox = try sandbox()
    try sandbox.write("broken.yaml", "a: b\n\tc: d\n")
    try sandbox.write("empty.yaml", "kind: Gateway\n")
    try sandbox.write("bad.yaml", "kind: Gateway\n")
    try sandbox.write("bad.cases.yaml", "version: 1\ncase: []\n")
    let run = try Run(arguments, in: sandbox)
    #expect(run.ending == .exit(status))
    #expect(run.errors.contains(words), "\(run.errors)")
  }
}
