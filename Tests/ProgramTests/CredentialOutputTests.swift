import Foundation
import Testing

/// No command prints a credential or a Secret's value.
@Suite struct CredentialOutputTests {
  private static let key = "sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1"

  private static let bundle = """
    apiVersion: v1
    kind: Secret
    metadata: {name: s, namespace: ai}
    stringData: {api_key: hunter2hunter2}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: BackendSecurityPolicy
    metadata: {name: a, namespace: ai}
    spec:
      targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}]
      type: APIKey
      apiKey: {secretRef: {name: s, namespace: \(key)}}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIServiceBackend
    metadata: {name: a, namespace: ai}
    spec:
      schema: {name: \(key)}
      backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: a}
      headerMutation: {set: [{name: Authorization, value: Bearer \(key)}]}

    """

  @Test(
    "check prints neither in any form",
    arguments: [["--format", "text"], ["--format", "json"], ["--fix", "-o", "-"]])
  func check(options: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write("all.yaml", Self.bundle)
    let run = try Run(["check"] + options + ["all.yaml"], in: sandbox)
    let text = run.output + run.errors
    #expect(text.contains("L109") || text.contains("+++"))
    #expect(!text.contains("hunter2") && !text.contains("Ab3dEf6h"), "\(text)")
  }

  @Test("diff tells that a value changed, and not to what")
  func diff() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", Self.bundle)
    try sandbox.write(
      "b.yaml",
      Self.bundle.replacing("hunter2hunter2", with: "hunter3").replacing("ai}", with: "ml}")
        .replacing("Bearer sk", with: "sk"))
    let run = try Run(["diff", "a.yaml", "b.yaml"], in: sandbox)
    #expect(run.output.contains("api_key"), "\(run.output)")
    for secret in ["hunter", "Ab3dEf6h"] { #expect(!run.output.contains(secret), "\(run.output)") }
  }
}
