import Foundation
import Testing

/// The pictures of the page about the cluster, taken as those of `ScreenshotTests`.
@Suite("screenshots with a cluster", .enabled(if: TestCluster.hasKubectl))
struct ClusterScreenshotTests {
  private static let healthy = ClusterCommandTests.route
    .replacing("name: chat", with: "name: healthy").replacing("name: opneai", with: "name: openai")

  private static func wizard(_ options: String, in cluster: TestCluster) throws -> Tmux {
    try Tmux.wizard(
      options, in: cluster.sandbox, columns: 120, rows: 40,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
  }

  @Test("the contexts to connect to")
  func connect() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml", in: cluster)
    try tmux.press("<C-g>connect-cluster<Enter>")
    try tmux.wait(until: "the contexts") {
      $0.contains("Which cluster?") && $0.contains("prod-eu") && !$0.contains("Esc cancels")
        && $0.contains("└")
    }
    try ScreenshotTests.compare(tmux, with: "cluster-connect", columns: 120)
  }

  @Test("the Gateways to choose from")
  func gateways() throws {
    let cluster = try TestCluster()
    let tmux = try Self.wizard("--recipe split --cluster", in: cluster)
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    try tmux.go("route.spec.parentRefs[0].name")
    try tmux.press("<Esc>o")
    try tmux.wait(until: "the Gateways") { $0.contains("shared-gw  in infra") && $0.contains("└") }
    try ScreenshotTests.compare(tmux, with: "cluster-gateway", columns: 120)
  }

  @Test("what the server says")
  func server() throws {
    let cluster = try TestCluster()
    try cluster.sandbox.write("route.yaml", ClusterCommandTests.refused)
    let tmux = try Self.wizard("route.yaml --cluster", in: cluster)
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    try tmux.press("<C-g>ask-server<Enter>")
    try tmux.wait(until: "the answer") {
      $0.contains("The server of prod-eu, ") && $0.contains("the server of prod-eu objects: ")
    }
    try ScreenshotTests.compare(tmux, with: "cluster-server", columns: 120)
  }

  @Test("what is asked before an apply, and what became of the route")
  func apply() throws {
    let cluster = try TestCluster { request in
      request.method == "PATCH" && !request.isDryRun ? APIServer.Reply(body: request.body) : nil
    }
    try cluster.sandbox.write("route.yaml", Self.healthy)
    let tmux = try Self.wizard("route.yaml --cluster", in: cluster)
    try tmux.wait(until: "the cluster") { $0.contains("objects read") }
    try tmux.press("<C-g>apply<Enter>")
    try tmux.wait(until: "the dialog") { $0.contains("< Cancel >") && $0.contains("└") }
    try ScreenshotTests.compare(tmux, with: "cluster-apply", columns: 120)
    try tmux.press("<Tab><Enter>")
    try tmux.wait(until: "the chain") {
      $0.contains("team-a/healthy is ready") && $0.contains("\"model\": \"healthy\"")
        && $0.contains("Esc closes") && !$0.contains("watching") && $0.contains("└")
    }
    try ScreenshotTests.compare(tmux, with: "cluster-status", columns: 120)
  }
}
