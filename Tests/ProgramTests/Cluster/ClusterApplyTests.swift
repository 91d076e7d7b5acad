import Foundation
import Testing

@Suite("the wizard asks the server and applies", .enabled(if: TestCluster.hasKubectl))
struct ClusterApplyTests {
  private static func wizard(_ file: String, in cluster: TestCluster) throws -> Tmux {
    let tmux = try Tmux.wizard(
      "\(file) --cluster", in: cluster.sandbox, columns: 200, rows: 60,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    return tmux
  }

  /// A route without errors that the cluster has already.
  private static let healthy = ClusterCommandTests.route
    .replacing("name: chat", with: "name: healthy").replacing("name: opneai", with: "name: openai")

  /// Takes what is applied; what is asked otherwise was recorded.
  private static let taking: APIServer.Behaviour = { request in
    request.method == "PATCH" && !request.isDryRun ? APIServer.Reply(body: request.body) : nil
  }

  @Test("the server's own words stand on Review, and nothing but GETs and dry runs was sent")
  func server() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("bad.yaml", ClusterCommandTests.refused)
    let tmux = try Self.wizard("bad.yaml", in: cluster)
    try tmux.press("<C-g>ask-server<Enter>")
    let screen = try tmux.wait(until: "the answer") {
      $0.contains("the server of prod-eu objects: ") && $0.contains("The server of prod-eu, ")
    }
    #expect(screen.contains("error: backendRefs[0].wieght: server:"), "\(screen)")
    let requests = cluster.server.requests
    #expect(requests.contains { $0.isDryRun && $0.path.hasSuffix("/openai-route") })
    #expect(requests.allSatisfy { $0.method == "GET" || $0.isDryRun })
  }

  @Test("a server that does not answer holds nothing up when it is asked, and Esc gives up")
  func silent() throws {
    let cluster = try TestCluster { request in
      request.isDryRun ? APIServer.Reply(isSilent: true) : nil
    }
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>ask-server<Enter>")
    try tmux.wait(until: "the wait") { $0.contains("asking the server of prod-eu") }
    try tmux.press("<Esc>")
    try tmux.wait(until: "Review again") { !$0.contains("asking the server") }
    try tmux.go("route.metadata.name")
    cluster.server.stop()
  }

  @Test("nothing but GETs and dry runs leaves until apply was confirmed; then the chain is shown")
  func apply() throws {
    let cluster = try TestCluster(Self.taking)
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>ask-server<Enter>")
    try tmux.wait(until: "the answer") { $0.contains("the server of prod-eu has no objections") }
    try tmux.press("<C-g>apply<Enter>")
    let dialog = try tmux.wait(until: "the dialog") {
      $0.contains("Context:    prod-eu") && $0.contains("< Cancel >")
    }
    #expect(dialog.contains("Namespaces: team-a"), "\(dialog)")
    #expect(dialog.contains("AIGatewayRoute team-a/healthy"), "\(dialog)")
    try tmux.press("<Enter>")
    try tmux.wait(until: "nothing applied") { !$0.contains("Context:    prod-eu") }
    #expect(cluster.server.requests.allSatisfy { $0.method == "GET" || $0.isDryRun })
    try tmux.press("<C-g>apply<Enter>")
    try tmux.wait(until: "the dialog again") { $0.contains("< Cancel >") }
    try tmux.press("<Tab><Enter>")
    let chain = try tmux.wait(until: "the chain") {
      $0.contains("team-a/healthy is ready") && $0.contains("\"model\": \"healthy\"")
    }
    #expect(chain.contains("applied AIGatewayRoute team-a/healthy"), "\(chain)")
    #expect(chain.contains("http://10.0.0.7"), "\(chain)")
    let sent = cluster.server.requests.filter { $0.method != "GET" && !$0.isDryRun }
    #expect(sent.map(\.path).allSatisfy { $0.hasSuffix("/team-a/aigatewayroutes/healthy") })
    #expect(sent.count == 1 && sent.allSatisfy { $0.query.contains("fieldManager=aigw-wizard") })
    #expect(sent.allSatisfy { !$0.query.contains("force=true") })
  }

  @Test("a context of protect: wants its name typed")
  func protect() throws {
    let cluster = try TestCluster(Self.taking)
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let folder = "\(cluster.sandbox.path)/home/.config/aigw-wizard"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try cluster.sandbox.write("\(folder)/config.yaml", "protect: [prod-eu]\n")
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>apply<Enter>")
    try tmux.wait(until: "the dialog") {
      $0.contains("prod-eu, protected") && $0.contains("< Cancel >")
    }
    try tmux.press("<Tab><Enter>")
    try tmux.wait(until: "the question") { $0.contains("type its name to apply") }
    try tmux.press("prod<Enter>")
    try tmux.wait(until: "the refusal") { $0.contains("not applied: prod is not prod-eu") }
    #expect(cluster.server.requests.allSatisfy { $0.method == "GET" || $0.isDryRun })
  }

  @Test("what the server refuses to store is told in its words")
  func refused() throws {
    let cluster = try TestCluster { request in
      guard request.method == "PATCH", !request.isDryRun else { return nil }
      return .status(
        403, "Forbidden",
        "aigatewayroutes.aigateway.envoyproxy.io \"healthy\" is forbidden: exceeded quota: routes")
    }
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>apply<Enter>")
    try tmux.wait(until: "the dialog") { $0.contains("< Cancel >") }
    try tmux.press("<Tab><Enter>")
    let screen = try tmux.wait(until: "the refusal") {
      $0.contains("Nothing was applied") && $0.contains("< Back >")
    }
    #expect(screen.contains("exceeded quota"), "\(screen)")
  }

  @Test("diff-cluster shows what applying would change, and sends nothing but GETs and dry runs")
  func diff() throws {
    let cluster = try TestCluster { request in
      guard request.isDryRun, request.path.hasSuffix("/healthy") else { return nil }
      let present = Exchange.recorded.first { $0.path == request.path }?.body ?? ""
      return APIServer.Reply(
        body: present.replacingOccurrences(of: "\"weight\":1", with: "\"weight\":3"))
    }
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>diff-cluster<Enter>")
    let screen = try tmux.wait(until: "the changes") {
      $0.contains("What applying to prod-eu would change") && $0.contains("+      weight: 3")
    }
    #expect(screen.contains("-      weight: 1"), "\(screen)")
    #expect(cluster.server.requests.allSatisfy { $0.method == "GET" || $0.isDryRun })
  }

  @Test("a route of the cluster is opened as text, without what the server wrote")
  func open() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>open-from-cluster<Enter>")
    try tmux.wait(until: "the routes") {
      $0.contains("Which route?") && $0.contains("team-a/missing-backend")
    }
    try tmux.press("missing<Enter>")
    let screen = try tmux.wait(until: "the route") {
      $0.contains("name: missing-backend") && !$0.contains("Which route?")
        && !$0.contains("reading team-a/")
    }
    for word in ["creationTimestamp", "resourceVersion"] {
      #expect(!screen.contains(word), "\(screen)")
    }
  }
}
