import Foundation
import Testing

@Suite("a cluster without a screen", .enabled(if: TestCluster.hasKubectl))
struct LinearClusterTests {
  private static let healthy = ClusterCommandTests.route
    .replacing("name: chat", with: "name: healthy").replacing("name: opneai", with: "name: openai")

  private func run(_ input: String, in cluster: TestCluster, _ options: String...) throws -> Run {
    try cluster.sandbox.write("route.yaml", Self.healthy)
    return try Run(
      ["--linear", "route.yaml"] + options, in: cluster.sandbox, input: input,
      environment: ["KUBECONFIG": cluster.sandbox.full("kubeconfig")])
  }

  @Test("the server is asked, the status told, and nothing is sent but GETs and dry runs")
  func asking() throws {
    let cluster = try TestCluster { request in
      guard request.isDryRun, request.path.hasSuffix("/aigatewayroutes/healthy") else { return nil }
      return .invalid(
        "AIGatewayRoute", of: "aigateway.envoyproxy.io", "healthy", "spec.parentRefs",
        "Invalid value: not that one")
    }
    let told = try run(":server\n:cluster\n:server\n:status\n:quit\n", in: cluster)
    #expect(told.output.contains("No cluster is connected; use :cluster"), "\(told.output)")
    #expect(told.output.contains("cluster prod-eu: "), "\(told.output)")
    #expect(told.output.contains("the server of prod-eu objects: 1 error"), "\(told.output)")
    #expect(told.output.contains("Invalid value: not that one"), "\(told.output)")
    #expect(told.output.contains("team-a/healthy is ready"), "\(told.output)")
    #expect(cluster.server.requests.allSatisfy { $0.method == "GET" || $0.isDryRun })
  }

  @Test("--cluster connects at the start, and :diff cluster tells what applying would change")
  func difference() throws {
    let cluster = try TestCluster { request in
      guard request.isDryRun, request.path.hasSuffix("/healthy") else { return nil }
      let present = Exchange.recorded.first { $0.path == request.path }?.body ?? ""
      return APIServer.Reply(
        body: present.replacingOccurrences(of: "\"weight\":1", with: "\"weight\":3"))
    }
    let told = try run(":diff cluster\n:quit\n", in: cluster, "--cluster")
    #expect(told.output.contains("objects read"), "\(told.output)")
    #expect(told.output.contains("weight: 3"), "\(told.output)")
  }

  @Test("apply names what it would send, and sends it once the name of the cluster was typed")
  func apply() throws {
    let cluster = try TestCluster { request in
      request.method == "PATCH" && !request.isDryRun ? APIServer.Reply(body: request.body) : nil
    }
    let kept = try run(":apply\nyes\n:quit\n", in: cluster, "--cluster")
    #expect(kept.output.contains("AIGatewayRoute team-a/healthy"), "\(kept.output)")
    #expect(kept.output.contains("Not applied."), "\(kept.output)")
    #expect(cluster.server.requests.allSatisfy { $0.method == "GET" || $0.isDryRun })
    let sent = try run(":apply\nprod-eu\n:quit\n", in: cluster, "--cluster")
    #expect(sent.output.contains("Type prod-eu to apply this to it"), "\(sent.output)")
    #expect(sent.output.contains("applied AIGatewayRoute team-a/healthy"), "\(sent.output)")
    #expect(sent.output.contains("team-a/healthy is ready"), "\(sent.output)")
    #expect(cluster.server.requests.count { $0.method == "PATCH" && !$0.isDryRun } == 1)
  }

  @Test("what was edited is saved first, then applied, and then it ends as ever")
  func applyEdited() throws {
    let cluster = try TestCluster { request in
      request.method == "PATCH" && !request.isDryRun ? APIServer.Reply(body: request.body) : nil
    }
    let edit = ":set route.metadata.labels={team: a}\n"
    let sent = try run(edit + ":apply\n\nprod-eu\n\n", in: cluster, "--cluster")
    #expect(sent.ending == .exit(0), "\(sent.output)")
    #expect(sent.output.contains("Only what is saved is applied"), "\(sent.output)")
    #expect(sent.output.contains("saved route.yaml"), "\(sent.output)")
    #expect(sent.output.contains("applied AIGatewayRoute team-a/healthy"), "\(sent.output)")
    #expect(cluster.sandbox.file("route.yaml")?.contains("team: a") == true)
    let requests = cluster.server.requests.filter { $0.method == "PATCH" && !$0.isDryRun }
    #expect(requests.count == 1 && requests.first?.body.contains("team") == true)
  }

  @Test("the release of the cluster's CRDs is proposed, taken by :release, and undone")
  func release() throws {
    let cluster = try TestCluster.older()
    let told = try run(":release\n:cluster\n:release\n:undo\n:quit\n", in: cluster)
    #expect(told.output.contains("no cluster is connected"), "\(told.output)")
    #expect(
      told.output.contains("its CRDs are those of AI Gateway 1.0; :release targets it"),
      "\(told.output)")
    #expect(
      told.output.contains("now targets AI Gateway 1.0 (:undo goes back)"), "\(told.output)")
    #expect(told.output.contains("undone: "), "\(told.output)")
  }

  @Test("a cluster that cannot be asked is a sentence, and the questions go on")
  func unreachable() throws {
    let cluster = try TestCluster { _ in .status(401, "Unauthorized", "Unauthorized") }
    let told = try run(":list\n:quit\n", in: cluster, "--cluster")
    #expect(told.output.contains("does not accept the login"), "\(told.output)")
    #expect(told.output.contains(":quit"), "\(told.output)")
  }
}
