import Corpus
import Foundation
import Glibc
import Testing

/// Kills at random moments, the same at every run as far as the machine is. `KILLS=500 swift test
/// --filter KillTests` tries more of them and prints what was lost.
@Suite(.serialized) struct KillTests {
  private static let kills =
    ProcessInfo.processInfo.environment["KILLS"].flatMap { Int($0) } ?? 12

  /// A route with a name of three letters.
  private static let manifest = """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata:
      name: own
    spec:
      parentRefs: [{name: gw}]
      rules:
      - backendRefs: [{name: a}]

    """

  /// The route's name in manifests, or as the form shows it.
  private static func name(in text: String) -> String {
    String(
      text.firstMatch(of: /\n  name: ([a-z]+)\n(?:  .*\n)*spec:\n  parentRefs/)?.1 ?? "")
  }

  @Test("killed while keys stream in, it loses no key that was seen")
  func typing() throws {
    var random = Seeded(1)
    var (sent, seen, kept) = (0, 0, 0)
    for round in 0..<Self.kills {
      let sandbox = try Sandbox()
      // Every other time it edits a file that is there.
      let opens = round % 2 == 1
      if opens { try sandbox.write("out.yaml", Self.manifest) }
      let victim = try WizardProcess(opens ? "out.yaml" : "--recipe split -o out.yaml", in: sandbox)
      try victim.tmux.go("route.metadata.name")
      var typed = opens ? "own" : ""
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let run = String(
          (0..<Int.random(in: 1...3, using: &random)).map { _ in
            Character(UnicodeScalar(UInt8.random(in: 97...122, using: &random)))
          })
        typed += run
        try victim.tmux.press(run)
        // Sometimes long enough to be judged and given to the disk.
        for _ in 0..<Int.random(in: 0...2, using: &random) { _ = try victim.tmux.screen() }
        if Int.random(in: 0..<12, using: &random) == 0 {
          try victim.tmux.wait(for: "undo")
        }
      }
      let screen = try victim.kill()
      // What was typed next overwrites the rest of the field, not what was typed into it.
      let field = String(screen.firstMatch(of: /Route name +>\[([a-z]*)/)?.1 ?? "")
      let shown = field == "required" ? "" : field
      let draft = try sandbox.drafts.first.map { try sandbox.manifests(of: $0).output }
      let name = draft.map(Self.name) ?? ""
      let found = name.isEmpty && opens ? "own" : name
      #expect(!opens || sandbox.file("out.yaml") == Self.manifest)
      #expect(typed.hasPrefix(found), "round \(round): \(typed) became \(found)")
      #expect(found.hasPrefix(shown), "round \(round): \(shown) was seen, \(found) kept")
      sent += typed.utf8.count
      seen += shown.utf8.count
      kept += found.utf8.count
    }
    print("killed \(Self.kills) times while typing: \(sent) keys sent, \(seen) seen, \(kept) kept")
    #expect(seen > 0 && kept >= seen)
  }

  @Test("killed while it saves, the file is the old or the new one, whole, and nothing is lost")
  func saving() throws {
    var random = Seeded(2)
    var (old, new) = (0, 0)
    let long = String(repeating: "long ", count: 4000)
    for round in 0..<Self.kills {
      let sandbox = try Sandbox()
      try sandbox.write("out.yaml", "old: \(long)\n")
      try sandbox.write(
        "start.yaml",
        "version: 1\nrecipe: catch-all\nroute:\n  metadata:\n    annotations: {a: \"\(long)\"}\n"
          + "  spec:\n    parentRefs: [{name: gw}]\n")
      let victim = try WizardProcess("--answers start.yaml -o out.yaml", in: sandbox)
      try victim.tmux.go("route.metadata.name")
      try victim.tmux.press("mine<C-o>")
      try victim.tmux.wait(for: "< Replace it >")
      try victim.tmux.command("send-keys Tab Enter")
      for _ in 0..<Int.random(in: 0...20_000, using: &random) { _ = access(sandbox.work, F_OK) }
      try victim.kill()
      let file = try #require(sandbox.file("out.yaml"))
      let draft = try sandbox.drafts.first.map { try sandbox.manifests(of: $0).output }
      if file == "old: \(long)\n" {
        old += 1
        #expect(Self.name(in: draft ?? "") == "mine", "round \(round)")
      } else {
        new += 1
        #expect(Self.name(in: file) == "mine" && file.hasSuffix("\n"), "round \(round)")
        #expect(draft == nil || draft == file, "round \(round)")
      }
    }
    print("killed \(Self.kills) times while saving: \(old) old files, \(new) new ones")
  }
}
