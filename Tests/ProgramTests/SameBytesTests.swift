import Foundation
import Testing

/// `render` and the wizard write the same bytes.
@Suite struct SameBytesTests {
  private static let names = [
    "route.metadata.name=openai-route", "route.spec.parentRefs[0].name=my-gateway",
  ]

  @Test(
    "render writes what the wizard saves of each recipe",
    arguments: [
      "blank", "single-model", "weighted-split", "failover-pair", "tenant-header", "catch-all",
      "inference-pool",
    ])
  func recipe(name: String) throws {
    let sandbox = try Sandbox()
    var settings = SameBytesTests.names
    if name == "blank" {
      settings += [
        "route.spec.rules[0].matches[0].headers[0].value=gpt-4o",
        "route.spec.rules[0].backendRefs[0].name=openai",
      ]
    }
    let words = ["--recipe", name] + settings.flatMap { ["--set", $0] }
    let rendered = try Run(["render"] + words, in: sandbox)
    #expect(rendered.ending == .exit(0), "\(rendered.errors)")
    let tmux = try Tmux.wizard(
      words.map(Tmux.quoted).joined(separator: " ") + " -o saved.yaml", in: sandbox)
    try tmux.save("saved.yaml")
    try tmux.leave()
    #expect(sandbox.file("saved.yaml") == rendered.output)

    let toFile = try Run(["render"] + words + ["-o", "rendered.yaml"], in: sandbox)
    #expect(toFile.ending == .exit(0) && toFile.output.isEmpty)
    #expect(sandbox.file("rendered.yaml") == rendered.output)
  }

  @Test("recover prints of a draft what the wizard would have saved")
  func draft() throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "failover"] + SameBytesTests.names.flatMap { ["--set", $0] }
    let tmux = try Tmux.wizard(
      words.map(Tmux.quoted).joined(separator: " ") + " -o saved.yaml", in: sandbox)
    try tmux.fill("route.spec.rules[0].timeouts.request", "300s")
    try tmux.save("saved.yaml")
    try tmux.fill("route.spec.rules[0].timeouts.request", "600s")
    try tmux.press("<C-c><C-c>")
    try tmux.wait(for: "[status 130]")
    let draft = try #require(sandbox.drafts.first)
    let rendered = try sandbox.manifests(of: draft)
    #expect(rendered.ending == .exit(0), "\(rendered.errors)")
    let saved = try #require(sandbox.file("saved.yaml"))
    #expect(rendered.output != saved)
    #expect(rendered.output == saved.replacingOccurrences(of: "300s", with: "600s"))
  }
}
