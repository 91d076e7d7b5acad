import Foundation
import Glibc
import Testing

/// The user's editor: found and given its words as a shell would, but by no shell.
@Suite struct EditorTests {
  /// Types `mine` into the route's name by way of an editor.
  private static func edit(
    _ sandbox: Sandbox, _ editor: String, environment: [String: String?] = [:]
  ) throws -> Tmux {
    let tmux = try Tmux.wizard(
      "--recipe split -o out.yaml", in: sandbox, columns: 120, rows: 40,
      environment: environment.merging(["EDITOR": editor, "VISUAL": nil]) { $1 })
    try tmux.go("route.metadata.name")
    try tmux.press("<C-u>old")
    try tmux.wait(for: "[old ")
    try tmux.press("<Esc>v")
    return tmux
  }

  /// An editor that writes its first argument, if it has more than the file.
  private static func writeEditor(_ name: String, in sandbox: Sandbox) throws {
    try sandbox.write(
      name,
      """
      #!/bin/sh
      for file; do :; done
      [ $# -gt 1 ] && text=$1 || text=mine
      [ -t 0 ] && [ -t 1 ] && echo "$text" > "$file"
      """, mode: 0o755)
  }

  @Test(
    "its path may have blanks, its words quotes",
    arguments: [
      ("(WORK)/my editor", "mine"), ("'(WORK)/my editor' \"two words\"", "two words"),
      ("(WORK)/my\\ editor --wait", "--wait"), ("\"(WORK)/my editor\" it\\'s", "it's"),
      ("'(WORK)/my editor' '$HOME;`ls`'", "$HOME;`ls`"),
    ])
  func words(editor: String, text: String) throws {
    let sandbox = try Sandbox()
    try Self.writeEditor("my editor", in: sandbox)
    let tmux = try Self.edit(sandbox, editor.replacing("(WORK)", with: sandbox.work))
    try tmux.wait(for: "[\(text) ")
  }

  @Test(
    "what keeps it from being used is said, and the text stays",
    arguments: [
      ("'nano", "EDITOR cannot be read, a quote is open: 'nano"),
      ("/nowhere/ed", "/nowhere/ed cannot be started: no such file or directory"),
      ("false", "false ended with 1; its text is not taken"),
    ])
  func refused(editor: String, words: String) throws {
    let sandbox = try Sandbox()
    let tmux = try Self.edit(sandbox, editor)
    let screen = try tmux.wait(for: words)
    #expect(screen.contains("[old "))
  }

  @Test("a TMPDIR that does not exist is named")
  func noTemporaryFolder() throws {
    let sandbox = try Sandbox()
    let tmux = try Self.edit(sandbox, "true", environment: ["TMPDIR": "/nowhere/tmp"])
    let screen = try tmux.wait(for: "no file for the editor in /nowhere/tmp (TMPDIR): no such file")
    #expect(screen.contains("[old "))
  }

  @Test("the terminal is its own where stdin and stdout are not")
  func redirected() throws {
    let sandbox = try Sandbox()
    try Self.writeEditor("editor", in: sandbox)
    try sandbox.write(
      "in.yaml",
      "apiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIGatewayRoute\nmetadata: {name: r}\n")
    let tmux = try Tmux(
      "EDITOR=./editor '\(Built.wizard)' - -o - < in.yaml > out.yaml; exec cat", in: sandbox,
      columns: 120, rows: 40)
    try tmux.wait(for: "^G Help")
    try tmux.go("route.metadata.name")
    try tmux.press("<Esc>v")
    try tmux.wait(for: "[mine ")
    #expect(sandbox.file("out.yaml") == "")
  }
}
