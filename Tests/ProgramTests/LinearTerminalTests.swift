import Foundation
import Glibc
import Testing

/// The wizard without a screen on a terminal: a dumb one, or one whose user wants no screen.
@Suite struct LinearTerminalTests {
  private static let words = [
    "--recipe", "single-model", "--set", "route.metadata.name=r", "--set",
    "route.spec.parentRefs[0].name=gw",
  ]

  @Test(
    "a terminal that cannot move its cursor or is unknown is asked in lines and given back",
    arguments: ["dumb", "nonsense"])
  func dumb(_ type: String) throws {
    let sandbox = try Sandbox()
    let pty = try Pty(Self.words, in: sandbox, environment: ["TERM": type])
    try pty.wait(for: "1.1 Buffer limit (a size such as 50Mi, now 50Mi): ")
    pty.type("10Mi\n")
    try pty.wait(for: "1.2 Policy name")
    pty.type(":save\n")
    try pty.wait(for: "Write r.yaml? (yes, no, or another path, now yes): ")
    pty.type("\n")
    #expect(pty.end() == .exit(0))
    #expect(!pty.wire.contains(0x1B) && pty.modes == pty.modesBefore)
    #expect(sandbox.file("r.yaml")?.contains("bufferLimit: 10Mi") == true)
  }

  @Test("ACCESSIBLE asks in lines on any terminal, in tmux as well")
  func accessible() throws {
    let sandbox = try Sandbox()
    let pty = try Pty(Self.words, in: sandbox, environment: ["ACCESSIBLE": "1"])
    try pty.wait(for: "now 50Mi): ")
    pty.type(":quit\n")
    #expect(pty.end() == .exit(130) && !pty.wire.contains(0x1B))
    let words = Self.words.map(Tmux.quoted).joined(separator: " ")
    let tmux = try Tmux(
      "'\(Built.wizard)' --linear \(words); echo \"[status $?]\"; exec cat", in: sandbox,
      columns: 200, rows: 24)
    try tmux.wait(for: "now 50Mi):")
    try tmux.press("20Mi<Enter>")
    try tmux.wait(for: "1.2 Policy name")
    try tmux.press(":save<Enter>")
    try tmux.wait(for: "now yes):")
    try tmux.press("<Enter>")
    try tmux.wait(for: "[status 0]")
    #expect(sandbox.file("r.yaml")?.contains("bufferLimit: 20Mi") == true)
  }

  @Test("^C once asks again, twice leaves and keeps the draft")
  func interrupt() throws {
    let sandbox = try Sandbox()
    let pty = try Pty(["--linear"] + Self.words, in: sandbox)
    try pty.wait(for: "now 50Mi): ")
    pty.type("10Mi\n")
    try pty.wait(for: "1.2 Policy name")
    pty.forget()
    pty.type("\u{3}")
    try pty.wait(for: "now client-buffer-limit): ")
    #expect(pty.text.contains("Control-C again leaves"))
    pty.type("\u{3}")
    #expect(pty.end() == .exit(130))
    #expect(sandbox.drafts.count == 1 && sandbox.names() == [])
  }

  @Test("^D exits with 130 and keeps the draft of what was answered", arguments: [false, true])
  func endOfInput(answers: Bool) throws {
    let sandbox = try Sandbox()
    let pty = try Pty(["--linear"] + Self.words, in: sandbox)
    try pty.wait(for: "now 50Mi): ")
    if answers {
      pty.type("10Mi\n")
      try pty.wait(for: "1.2 Policy name")
    }
    pty.type("\u{4}")
    #expect(pty.end() == .exit(130) && sandbox.drafts.count == (answers ? 1 : 0))
  }

  @Test("kill -9 and a closed terminal lose no answer", arguments: [SIGKILL, SIGHUP, SIGTERM])
  func killed(signal: Int32) throws {
    let sandbox = try Sandbox()
    let pty = try Pty(["--linear"] + Self.words, in: sandbox)
    try pty.wait(for: "now 50Mi): ")
    pty.type("10Mi\n")
    try pty.wait(for: "1.2 Policy name")
    kill(pty.program.process, signal)
    #expect(pty.end() == .signal(signal))
    let draft = try #require(sandbox.drafts.first)
    #expect(try sandbox.manifests(of: draft).output.contains("bufferLimit: 10Mi"))
    // It goes on without a screen, and on one.
    let pipe = try Run(["recover", "1", "--linear"], in: sandbox, input: ":yaml\n")
    #expect(pipe.output.contains("now 10Mi): :yaml") && pipe.ending == .exit(130))
    let tmux = try Tmux.wizard("recover 1", in: sandbox)
    try tmux.wait(for: "draft resumed")
    #expect(try tmux.screen().contains("10Mi"))
  }
}
