import Foundation
import Testing

/// A cluster as kubectl sees it, and the wizard beside it.
struct TestCluster {
  let server: APIServer
  let sandbox: Sandbox

  init(
    context: String = "prod-eu", namespace: String = "team-a",
    _ behaviour: @escaping APIServer.Behaviour = { _ in nil }
  ) throws {
    server = try APIServer(Exchange.recorded, behaviour)
    sandbox = try Sandbox()
    try sandbox.write("kubeconfig", server.kubeconfig(context: context, namespace: namespace))
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
  }

  @Test(
    "the first broken link of the chain stands on top with what to do",
    arguments: [
      Case(
        route: "healthy", ending: 0, top: "team-a/healthy is well",
        words: [
          "ok   HTTPRoute team-a/healthy: Route is accepted", "ok   Backend team-a/openai-be",
          "ok   Secret team-a/openai-apikey", "http://10.0.0.7", "\"model\": \"healthy\"",
        ]),
      Case(
        route: "missing-backend", ending: 4,
        top: "team-a/missing-backend is not well: AIGatewayRoute team-a/missing-backend",
        words: [
          "AIServiceBackend opneai.team-a not found", "did you mean openai?",
          "BAD  HTTPRoute team-a/missing-backend: is not in the cluster",
        ]),
      Case(
        route: "not-allowed", ending: 4,
        top: "team-a/not-allowed is not well: HTTPRoute team-a/not-allowed",
        words: ["NotAllowedByListeners", "allowedRoutes.namespaces"]),
      Case(
        route: "lost-backend", ending: 4,
        top: "team-a/lost-backend is not well: HTTPRoute team-a/lost-backend",
        words: ["Backend team-a/gone not found"]),
      Case(
        route: "policy-conflict", ending: 4,
        top: "team-a/policy-conflict is not well: BackendTrafficPolicy team-a/retry-b",
        words: ["another BackendTrafficPolicy has already attached", "delete one of the two"]),
      Case(
        route: "no-status", ending: 4,
        top: "team-a/no-status is not well: AIGatewayRoute team-a/no-status",
        words: ["has no status", "see whether the controller runs"]),
    ])
  func states(example: Case) throws {
    let cluster = try TestCluster()
    let run = try cluster.run("status", "team-a/\(example.route)")
    #expect(run.ending == .exit(example.ending), "\(run.output)\(run.errors)")
    #expect(run.output.split(separator: "\n").first ?? "" == example.top[...], "\(run.output)")
    for words in example.words { #expect(run.output.contains(words), "\(run.output)") }
    #expect(run.errors == "")
    let json = try cluster.run("status", example.route, "--format", "json")
    let state = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(json.ending == run.ending)
    #expect(state["state"] as? String == (example.ending == 0 ? "well" : "broken"))
    #expect((state["links"] as? [Any])?.isEmpty == false)
  }
}
