import Foundation
import Glibc
import Testing

/// What terminals and people do to a program: stop it, resize it, paste, tear sequences apart.
@Suite struct TerminalTests {
  @Test("^Z stops it in a shell and fg brings all of it back, bracketed paste too")
  func suspend() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux(
      "exec bash --norc --noprofile -i", in: sandbox, environment: ["PS1": "shell> "])
    try tmux.wait(for: "shell>")
    try tmux.press("'\(Built.wizard)' --recipe split -o out.yaml<Enter>")
    try tmux.wait(for: "^G Help")
    try tmux.move("<Esc>2")
    try tmux.press("kept")
    try tmux.wait(for: "[kept ")
    for round in 1...2 {
      try tmux.press("<C-z>")
      try tmux.wait(until: "the shell's screen") {
        $0.contains("Stopped") && !$0.contains("^G Help")
      }
      #expect(try tmux.value("#{alternate_on} #{mouse_any_flag} #{cursor_flag}") == "0 0 1")
      try tmux.press("stty -a | grep -c ' icanon.* echo'<Enter>")
      try tmux.wait(for: "\n1\n")
      try tmux.press("clear; fg<Enter>")
      try tmux.wait(for: "^G Help")
      try tmux.wait(for: "[kept")
      try tmux.wait(until: "screen and mouse on again") { _ in
        (try? tmux.value("#{alternate_on} #{mouse_any_flag}")) == "1 1"
      }
      // So few letters are a paste only in brackets; without them the line end were an Enter.
      try tmux.paste("\n\(round)")
      try tmux.wait(for: round == 1 ? "[kept1 " : "[kept12 ")
      #expect(Tmux.place(on: try tmux.screen()) == "route.metadata.name")
    }
    try tmux.press("<C-c><C-c>")
    try tmux.wait(for: "draft kept")
    try tmux.press("echo $?<Enter>")
    try tmux.wait(for: "130")
  }

  @Test(
    "a terminal without a screen of its own shows all of it again after ^Z and fg",
    arguments: ["linux", "vt100"])
  func suspendPlain(terminal: String) throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux(
      "exec bash --norc --noprofile -i", in: sandbox, environment: ["PS1": "shell> "],
      terminal: terminal)
    try tmux.wait(for: "shell>")
    try tmux.press("'\(Built.wizard)' --recipe split -o out.yaml<Enter>")
    try tmux.wait(for: "^G Help")
    try tmux.move("<Esc>2")
    try tmux.press("kept")
    try tmux.wait(for: "[kept ")
    try tmux.press("<C-z>")
    try tmux.wait(until: "the shell") { $0.contains("Stopped") && !$0.contains("^G Help") }
    try tmux.press("fg<Enter>")
    try tmux.wait(until: "all of the screen") {
      $0.contains("[kept") && $0.contains("^G Help") && $0.contains("Route name")
        && $0.contains("1+Buffer")
    }
    try tmux.press("<C-c><C-c>")
    try tmux.wait(for: "draft kept")
  }

  @Test("^Z is refused in words where no shell could wake it")
  func leadingTheSession() throws {
    let pty = try Pty(["--recipe", "split"], in: Sandbox())
    try pty.wait(for: "^G Help")
    pty.type("\u{1a}")
    try pty.wait(for: "cannot suspend")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
  }

  @Test("sizes from one cell to 300x100 and back keep what was typed, and what is typed meanwhile")
  func resize() throws {
    let tmux = try Tmux.wizard("--recipe split", in: Sandbox(), columns: 120, rows: 40)
    try tmux.move("<Esc>2")
    try tmux.press("kept")
    try tmux.wait(for: "[kept ")
    for (columns, rows) in [
      (80, 24), (60, 16), (59, 16), (60, 15), (20, 3), (1, 1), (300, 100), (200, 60), (61, 50),
      (100, 20), (80, 24),
    ] {
      try tmux.resize(columns: columns, rows: rows)
      if columns < 60 || rows < 16 {
        if columns >= 20, rows >= 3 { try tmux.wait(for: "needs 60x16") }
        try tmux.press("-x")
      } else {
        try tmux.wait(until: "the form in \(columns) x \(rows)") {
          $0.contains("^G Help") && $0.contains("kept")
        }
      }
    }
    try tmux.wait(for: "[kept-x-x-x-x ")
    try tmux.wait(until: "the focus where it was") { Tmux.place(on: $0) == "route.metadata.name" }
  }

  @Test("a size that changed away and back before it is looked at repaints everything")
  func resizedAwayAndBack() throws {
    let pty = try Pty(["--recipe", "split", "-o", "out.yaml"], in: Sandbox())
    try pty.wait(for: "^G Help")
    pty.type("\u{1b}2")
    try pty.wait(for: "Route name")
    try pty.wait(for: "route.metadata.name")
    for _ in 0..<3 {
      let start = pty.wire.count
      // As two changes do that come together: the news, and the size that it had.
      kill(pty.program.process, SIGWINCH)
      for text in ["out.yaml", "Route name", "^G Help"] { try pty.wait(for: text, after: start) }
    }
    let start = pty.wire.count
    pty.resize(columns: 200, rows: 60)
    pty.resize(columns: 80, rows: 24)
    for text in ["out.yaml", "Route name", "^G Help"] { try pty.wait(for: text, after: start) }
  }

  @Test("a bracketed paste with line ends, controls and commands is one edit of one field")
  func paste() throws {
    let tmux = try Tmux.wizard("--recipe split", in: Sandbox(), columns: 120, rows: 40)
    try tmux.move("<Esc>2")
    try tmux.press("a")
    try tmux.paste("b\nq\u{18}\u{1b}8\r\ny\tz")
    try tmux.wait(for: "z ")
    try tmux.wait(for: "3 lines joined")
    try tmux.press("<C-_>")
    try tmux.wait(for: "[a ")
  }

  @Test("a paste where no text has the focus changes nothing and says so, in brackets or not")
  func pasteOutside() throws {
    let tmux = try Tmux.wizard("--recipe split", in: Sandbox(), columns: 120, rows: 40)
    try tmux.tab(to: "< 1Mi >")
    let before = Tmux.place(on: try tmux.screen())
    try tmux.paste("q\ny\nx\nx\nx\nx\nx\nx\nx\n8")
    try tmux.wait(for: "pasted text ignored")
    try tmux.press("<Right><Left>")
    try tmux.wait(until: "the message to leave") { !$0.contains("pasted text ignored") }
    try tmux.command("paste-buffer -r")
    try tmux.wait(for: "pasted text ignored")
    try tmux.press("<Right><Left>")
    let screen = try tmux.wait(until: "the focus at rest") { Tmux.place(on: $0) == before }
    #expect(screen.contains("1/8") && !screen.contains("undo"))
  }

  @Test("a sequence torn apart by a slow link types no text and runs no command")
  func torn() throws {
    let tmux = try Tmux.wizard("--recipe split", in: Sandbox(), columns: 120, rows: 40)
    for pieces in [["[", "A"], ["O", "P"], ["[", "1", ";", "5", "D"], ["[", "2", "4", "~"]] {
      try tmux.go("route.metadata.name")
      try tmux.press("<Esc>")
      try tmux.wait(for: "One command")
      for piece in pieces { try tmux.press(piece) }
      try tmux.wait(until: "the strip to close") { !$0.contains("One command") }
      try tmux.press("x")
      try tmux.wait(for: "[x")
      try tmux.press("<BS>")
      let screen = try tmux.wait(for: "[required")
      #expect(screen.contains("2/8"))
    }
  }

  @Test("10,000 keys typed at once are all in the field", .timeLimit(.minutes(1)))
  func manyKeys() throws {
    let sandbox = try Sandbox()
    let pty = try Pty(["--recipe", "split"], in: sandbox)
    try pty.wait(for: "^G Help")
    pty.type("\u{1b}2")
    try pty.wait(for: "route.metadata.name")
    let keys = String((0..<10_000).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    pty.type(keys)
    pty.type("\u{3}\u{3}")
    #expect(pty.end() == .exit(130))
    let draft = try #require(sandbox.drafts.first)
    #expect(try sandbox.manifests(of: draft).output.contains(keys))
  }

  @Test("the mouse goes where it clicks, and Esc m gives it back to the terminal")
  func mouse() throws {
    let tmux = try Tmux.wizard("--recipe split", in: Sandbox(), columns: 120, rows: 40)
    #expect(try tmux.value("#{mouse_any_flag}#{mouse_sgr_flag}") == "11")
    let row = try #require(
      try tmux.screen().split(separator: "\n").firstIndex { $0.contains("kind: AIGatewayRoute") })
    try tmux.type(bytes: Array("\u{1b}[<0;80;\(row + 1)M\u{1b}[<0;80;\(row + 1)m".utf8))
    try tmux.wait(for: "2/8")
    try tmux.press("<Esc>m")
    try tmux.wait(for: "mouse off")
    #expect(try tmux.value("#{mouse_any_flag}") == "0")
  }

  @Test("the YAML is shown in the shell until Enter or ^C; a signal to end is not kept waiting")
  func show() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard("--recipe split", in: sandbox, columns: 120, rows: 60)
    try tmux.move("<Esc>2")
    for key in ["<Enter>", "<C-c>"] {
      try tmux.press("<Esc>s")
      let shown = try tmux.wait(for: "Enter goes back to the wizard")
      #expect(shown.contains("\nkind: AIGatewayRoute\n"))
      try tmux.press(key)
      try tmux.wait(for: "^G Help")
    }
    let pty = try Pty(["--recipe", "split"], in: sandbox)
    try pty.wait(for: "^G Help")
    pty.type("\u{1b}s")
    try pty.wait(for: "goes back to the wizard")
    kill(pty.program.process, SIGTERM)
    #expect(pty.end() == .signal(SIGTERM))
    #expect(pty.modes == pty.modesBefore)
    #expect(ScreenModes(after: pty.wire) == .untouched)
  }

  @Test("text is edited in $EDITOR, and the screen comes back after it")
  func editor() throws {
    let sandbox = try Sandbox()
    try sandbox.write("edit.sh", "printf 'from-editor' > \"$1\"\n")
    let tmux = try Tmux.wizard(
      "--recipe split", in: sandbox, environment: ["EDITOR": "sh \(sandbox.full("edit.sh"))"])
    try tmux.move("<Esc>2")
    try tmux.press("<Esc>v")
    let screen = try tmux.wait(for: "[from-editor ")
    #expect(screen.contains("^G Help"))
    #expect(sandbox.names(in: sandbox.path).filter { $0.hasPrefix("aigw-wizard-") }.isEmpty)
  }
}
