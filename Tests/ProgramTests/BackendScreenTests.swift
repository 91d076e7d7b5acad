import Foundation
import Testing

/// Backends that are described on the screen, and with `--provider`.
@Suite struct BackendScreenTests {
  /// A preset, and what is typed on its card.
  struct Described: Sendable, CustomStringConvertible {
    let preset: String
    var settings: [(key: String, value: String)] = []
    var model: String?

    var description: String { preset }

    /// The same as `--provider` says it.
    var option: String {
      let words = settings.map { "\($0.key)=\($0.value)" } + (model.map { ["model=\($0)"] } ?? [])
      return "openai-backend=" + ([preset] + words).joined(separator: ",")
    }
  }

  private static let names = [
    "route.metadata.name=chat", "route.spec.parentRefs[0].name=gw",
  ]

  @Test(
    "what is typed on the card is saved as render writes it with --provider",
    arguments: [
      Described(preset: "openai"),
      Described(
        preset: "azure-openai",
        settings: [("resource", "acme"), ("api-version", "2025-01-01-preview")], model: "prod-4o"),
      Described(
        preset: "aws-bedrock", settings: [("region", "eu-west-1"), ("secret", "aws-keys")],
        model: "us.amazon.nova-micro-v1:0"),
      Described(
        preset: "gcp-vertex", settings: [("region", "us-central1"), ("project", "acme")],
        model: "gemini-2.5-flash"),
      Described(
        preset: "vllm", settings: [("service", "vllm"), ("namespace", "models"), ("port", "9000")],
        model: "Qwen/Qwen2.5-0.5B-Instruct"),
    ])
  func typed(_ described: Described) throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "single-model"] + Self.names.flatMap { ["--set", $0] }
    let rendered = try Run(["render"] + words + ["--provider", described.option], in: sandbox)
    #expect(rendered.ending == .exit(0), "\(rendered.errors)")
    let tmux = try Tmux.wizard(
      words.map(Tmux.quoted).joined(separator: " ") + " -o saved.yaml", in: sandbox)
    try tmux.go("route.spec.rules[0].backendRefs[0].name")
    try tmux.press("<M-b>")
    try tmux.wait(until: "the card") { Tmux.place(on: $0) == "provider[0].preset" }
    try tmux.press("<M-o>")
    try tmux.wait(for: "Gemini on Google Vertex AI")
    try tmux.press("\(described.preset)<Enter>")
    try tmux.wait(until: "the provider") {
      $0.contains("(\(described.preset) ") && $0.contains("lists all 30.")
    }
    for (key, value) in described.settings { try tmux.fill("provider[0].\(key)", value) }
    if let model = described.model {
      try tmux.fill("route.spec.rules[0].backendRefs[0].modelNameOverride", model)
    }
    try tmux.save("saved.yaml")
    try tmux.leave()
    #expect(sandbox.file("saved.yaml") == rendered.output)
  }
}
