import Foundation
import Testing

@Suite("waiting for a cluster", .enabled(if: TestCluster.hasKubectl))
struct ClusterWaitTests {
  /// The kubectls that were started for a cluster: those whose arguments name its kubeconfig.
  private static func kubectls(of cluster: TestCluster) -> [pid_t] {
    let folder = cluster.sandbox.full("kubeconfig")
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap(pid_t.init).filter { process in
      let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      let arguments = String(decoding: words, as: UTF8.self).split(separator: "\0")
      let program = arguments.first?.split(separator: "/").last ?? ""
      return program.hasPrefix("kubectl") && arguments.contains("--kubeconfig=\(folder)")
    }
  }

  /// Waits until something is so.
  private static func wait(until condition: () -> Bool) -> Bool {
    let deadline = Deadline(30)
    while !condition() {
      guard deadline.left > 0 else { return false }
      poll(nil, 0, 20)
    }
    return true
  }

  @Test("Ctrl-C while check waits ends kubectl too, with 130, and leaves the terminal as it was")
  func interrupt() throws {
    let cluster = try TestCluster { _ in APIServer.Reply(isSilent: true) }
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let tmux = try Tmux(
      "trap : INT; stty -a > before; '\(Built.wizard)' check --kubeconfig "
        + "'\(cluster.sandbox.full("kubeconfig"))' route.yaml; echo \"[status $?]\"; "
        + "stty -a > after; echo '[end]'; exec cat", in: cluster.sandbox)
    #expect(Self.wait { !cluster.server.requests.isEmpty })
    #expect(!Self.kubectls(of: cluster).isEmpty)
    try tmux.press("<C-c>")
    let screen = try tmux.wait(until: "the end") { $0.contains("[end]") }
    #expect(screen.contains("[status 130]"), "\(screen)")
    #expect(Self.wait { Self.kubectls(of: cluster).isEmpty })
    let before = try #require(cluster.sandbox.file("before"))
    #expect(!before.isEmpty && cluster.sandbox.file("after") == before)
    cluster.server.stop()
  }

  @Test("leaving the wizard while a cluster is asked ends kubectl too")
  func leaving() throws {
    let cluster = try TestCluster { _ in APIServer.Reply(isSilent: true) }
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let tmux = try Tmux.wizard(
      "route.yaml --kubeconfig '\(cluster.sandbox.full("kubeconfig"))'", in: cluster.sandbox)
    try tmux.wait(until: "the wait") { $0.contains("reading the cluster") }
    #expect(Self.wait { !Self.kubectls(of: cluster).isEmpty && !cluster.server.requests.isEmpty })
    _ = try tmux.leave()
    #expect(Self.wait { Self.kubectls(of: cluster).isEmpty })
    cluster.server.stop()
  }

  @Test("each key is answered while the server takes its time, and Esc gives up on it")
  func typing() throws {
    let cluster = try TestCluster { request in
      request.isDryRun ? APIServer.Reply(isSilent: true) : nil
    }
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let tmux = try Tmux.wizard(
      "route.yaml --cluster", in: cluster.sandbox, columns: 120, rows: 40,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    try tmux.press("<C-g>ask-server<Enter>")
    try tmux.wait(until: "the wait") { $0.contains("asking the server of prod-eu") }
    #expect(Self.wait { cluster.server.requests.contains(where: \.isDryRun) })
    try tmux.go("route.metadata.name")
    try tmux.press("<C-u>")
    var typed = ""
    for letter in "slowserver" {
      typed.append(letter)
      try tmux.press(String(letter))
      try tmux.wait(until: typed) { $0.contains("name: \(typed)") && $0.contains("Esc cancels") }
    }
    #expect(!cluster.server.requests.filter(\.isDryRun).isEmpty)
    try tmux.press("<Esc>")
    try tmux.wait(until: "the end of the wait") {
      $0.contains("cancelled: the cluster is not queried further")
    }
    try tmux.wait(until: "its name") { $0.contains("name: slowserver") }
    cluster.server.stop()
  }

  /// A thousand routes beside what was recorded.
  private static let crowd: String = {
    let items = (0..<1000).map { number in
      #"{"apiVersion":"aigateway.envoyproxy.io/v1beta1","kind":"AIGatewayRoute","metadata":{"name":"#
        + #""route-\#(number)","namespace":"team-\#(number % 50)"},"spec":{"parentRefs":[{"name":"#
        + #""ai-gw","namespace":"infra","kind":"Gateway","group":"gateway.networking.k8s.io"}],"#
        + #""rules":[{"matches":[{"headers":[{"type":"Exact","name":"x-ai-eg-model","value":"#
        + #""model-\#(number)"}]}],"backendRefs":[{"name":"openai"}]}]}}"#
    }
    return
      #"{"apiVersion":"aigateway.envoyproxy.io/v1beta1","kind":"AIGatewayRouteList","metadata":"#
      + #"{"resourceVersion":"1"},"items":[\#(items.joined(separator: ","))]}"#
  }()

  private static let crowded: APIServer.Behaviour = { request in
    request.path.hasSuffix("/v1beta1/aigatewayroutes") ? APIServer.Reply(body: crowd) : nil
  }

  @Test("a thousand routes in the cluster hold no key up, neither while they are read nor after")
  func crowd() throws {
    let cluster = try TestCluster(Self.crowded)
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let tmux = try Tmux.wizard(
      "route.yaml --cluster", in: cluster.sandbox, columns: 120, rows: 40,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
    try tmux.go("route.metadata.name")
    var slowest = 0.0
    func type(_ text: String) throws {
      try tmux.press("<C-u>")
      var typed = ""
      for letter in text {
        typed.append(letter)
        let start = ContinuousClock.now
        try tmux.press(String(letter))
        try tmux.wait(until: typed) { $0.contains("name: \(typed)") }
        slowest = max(slowest, (ContinuousClock.now - start) / .seconds(1))
      }
    }
    while !(try tmux.screen().contains("cluster: prod-eu")) { try type("asthewind") }
    try type("slowandsteady")
    // Judging all of it at once takes many times as long.
    #expect(slowest < 2)
  }

  @Test("check is quick with a thousand routes in the cluster, and tells of none of them")
  func crowdChecked() throws {
    let cluster = try TestCluster(Self.crowded)
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.route)
    let run = try cluster.run("check", "--cluster", "route.yaml")
    #expect(run.ending == .exit(0), "\(run.errors)")
    #expect(run.output.contains("1001 routes share Gateway ai-gw"), "\(run.output)")
    #expect(run.output.split(separator: "\n").allSatisfy { $0.hasPrefix("route.yaml:") })
  }
}
