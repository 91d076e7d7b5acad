import Foundation
import Testing

/// `config.yaml`: what it changes, and what is said where it cannot be.
@Suite struct ConfigTests {
  private static func configured(_ text: String, theme: String? = nil) throws -> Sandbox {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: "\(sandbox.path)/home/.config/aigw-wizard", withIntermediateDirectories: true)
    try sandbox.write("\(sandbox.path)/home/.config/aigw-wizard/config.yaml", text)
    if let theme { try sandbox.write("\(sandbox.path)/home/.config/aigw-wizard/mine.yaml", theme) }
    return sandbox
  }

  /// The lines without what stands in comments.
  private static func settings(_ text: String) -> [String] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { String($0).components(separatedBy: "  # ")[0] }
  }

  @Test("chosen keys run their actions, stand in the key bar, and the standard ones run nothing")
  func keys() throws {
    let sandbox = try Self.configured(
      """
      # mine
      keys:
        next-step: F6
        'add-rule': [Esc Z,   # a letter of its own
          "^\\u006f"]
        save:
          - F2
          - Esc w
      """)
    let keys = try Run(["--print-keys"], in: sandbox).output
    #expect(keys.contains("save                F2, Esc w  "))
    #expect(keys.contains("add-rule            ^O, Esc Z  "))
    let tmux = try Tmux.wizard("--recipe single-model -o out.yaml", in: sandbox)
    try tmux.wait(for: "F6 Next step")
    #expect(try tmux.screen().contains("F2 Save"))
    try tmux.press("<F6>")
    try tmux.wait(for: "route.metadata.name")
    try tmux.press("chat<C-v><Esc>Z")
    try tmux.wait(for: "Rule 2/2")
    try tmux.press("<F2>")
    try tmux.wait(for: "Save with errors?")
    try tmux.press("<Esc><C-c><C-c>")
    try tmux.wait(for: "draft kept")
  }

  @Test("the configuration names the release, and --for another")
  func release() throws {
    let sandbox = try Self.configured("for: 1.0\n")
    try sandbox.write(
      "route.yaml", SimulationCommandTests.route)
    #expect(try Run(["--print-config"], in: sandbox).output.contains("\nfor: \"1.0\"  # line 1\n"))
    let former = try Run(["generated", "route.yaml"], in: sandbox)
    #expect(former.ending == .exit(0) && !former.output.contains("name: gpt\n"))
    let chosen = try Run(["generated", "route.yaml", "--for", "1.1"], in: sandbox)
    #expect(chosen.output.contains("name: gpt\n"))
  }

  @Test("config tells what is in force, where each setting comes from and where a file would go")
  func origins() throws {
    let none = try Run(["config"], in: Sandbox()).output
    #expect(none.contains("# no file yet; it would be /tmp/aigw-test-"))
    #expect(none.contains("/home/.config/aigw-wizard/config.yaml\n# drafts: /tmp/aigw-test-"))
    #expect(none.contains("\nmouse: true  # default\n"))
    let sandbox = try Self.configured("mouse: false\n\nkeys:\n  save: [F2]\n")
    let run = try Run(["config"], in: sandbox).output
    #expect(run.hasPrefix("# \(sandbox.path)/home/.config/aigw-wizard/config.yaml\n"))
    #expect(run.contains("\nmouse: false  # line 1\n") && run.contains("ascii: false  # default\n"))
    #expect(run.contains("  save: [\"F2\"]  # line 4\n") && !run.contains("undo: [\"^_\"]  #"))
    // What it prints is a configuration that says the same.
    let again = try Run(["config"], in: Self.configured(run)).output
    #expect(Self.settings(again) == Self.settings(run))
    let wrong = try Run(["config"], in: Self.configured("mose: true\n"))
    #expect(wrong.ending == .exit(2) && wrong.errors.contains("did you mean mouse?"))
  }

  @Test("what is wrong with a configuration stops the wizard and is a warning for other commands")
  func warnings() throws {
    for (text, warning) in [
      ("for: 2.0", "config.yaml:1:6: for \"2.0\": use 0.6, 0.7, 1.0 or 1.1\n"),
      ("for: {a: b}", "config.yaml:1:6: for: use 0.6, 0.7, 1.0 or 1.1\n"),
      ("mouse: [", "config.yaml:2:1: "), ("theme: none\nkeys: 5\nmose: 1\n", ""),
    ] {
      let sandbox = try Self.configured("\(text)\n")
      try sandbox.write("route.yaml", SimulationCommandTests.route)
      for command in ["check", "generated", "simulate", "test", "render"] {
        let words = command == "render" ? ["--recipe", "split", "--force"] : ["route.yaml"]
        let run = try Run([command] + words, in: sandbox)
        #expect(run.ending != .exit(2), "\(command): \(run.errors)")
        #expect(run.errors.contains("warning: ") || warning.isEmpty || command == "test")
        #expect(
          run.errors.contains(warning) || warning.isEmpty || command == "test", "\(run.errors)")
        #expect(!run.errors.contains("config.yaml") || !warning.isEmpty)
      }
      #expect(try Run(["config"], in: sandbox).ending == .exit(2))
      let pty = try Pty(["--recipe", "blank"], in: sandbox)
      #expect(pty.end() == .exit(2) && pty.text.contains("config.yaml:"))
    }
  }

  @Test("a config.toml that is not read any more is named, with where its words belong")
  func former() throws {
    let sandbox = try Self.configured("mouse: false\n")
    let folder = "\(sandbox.path)/home/.config/aigw-wizard"
    try sandbox.write("\(folder)/config.toml", "mouse = false\n")
    #expect(try Run(["config"], in: sandbox).errors.isEmpty)
    try FileManager.default.removeItem(atPath: "\(folder)/config.yaml")
    let run = try Run(["config"], in: sandbox)
    #expect(run.ending == .exit(0) && run.output.contains("mouse: true"))
    #expect(
      run.errors.contains("config.toml is not read any more") && run.errors.contains("mouse: "))
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("the configuration in force is printed as a file that says the same")
  func printed() throws {
    let sandbox = try Self.configured(
      """
      mouse: off
      color: never
      theme: 'high-contrast'
      keys:
        redo: []
        copy: 'Esc "'
        next-field: [^N, Tab]
      """)
    let first = try Run(["--print-config"], in: sandbox)
    #expect(first.ending == .exit(0))
    for line in [
      "mouse: false", "color: never", "ascii: false", "theme: \"high-contrast\"",
      "  next-field: [\"^N\", \"Tab\", \"Down\"]", "  redo: []", "  copy: [\"Esc \\\"\"]",
      "  save: [\"^O\", \"^S\", \"Esc w\"]",
    ] {
      #expect(Self.settings(first.output).contains(line), "\(line)")
    }
    let second = try Run(["--print-config"], in: Self.configured(first.output))
    #expect(Self.settings(second.output) == Self.settings(first.output))
  }

  @Test("a theme's file colours a role, and the mouse stays the terminal's where that was said")
  func theme() throws {
    let sandbox = try Self.configured(
      "theme: mine.yaml\nmouse: false\n", theme: "heading: underlined 208\n")
    let tmux = try Tmux.wizard("--recipe blank -o out.yaml", in: sandbox)
    try tmux.wait(for: "YAML  out.yaml")
    #expect(try tmux.value("#{mouse_any_flag}") == "0")
    #expect(try tmux.screen("-e").contains("38;5;208"))
  }

  @Test(
    "what cannot be is named with its file, its line and what can",
    arguments: [
      ("keys: {save: ^T}\n", ":1:14: save: ^T runs go-to; choose another key"),
      ("keys:\n  undo: F3\n  save: [F2, F3]\n", ": F3 runs "),
      ("keys:\n  save: [F2, F2]\n", ":2:9: save: F2 is listed twice"),
      ("keys:\n  safe: F2\n", ":2:3: no action safe; did you mean save?"),
      ("keys:\n  save: Enter\n", ":2:9: save: Enter belongs to text fields and lists"),
      ("keys:\n  save: ^W\n", ":2:9: save: ^W belongs to text fields and lists"),
      ("keys:\n  save: Esc O\n", ":2:9: save: Esc O begins an escape sequence"),
      ("keys:\n  save: [Esc w, Esc b]\n", ":2:9: save: one key after Esc"),
      ("keys:\n  save: Ctrl-S\n", ":2:9: save: no key \"Ctrl-S\"; use such as ^O"),
      ("keys:\n  help: []\n", ":2:9: help: needs a key"),
      ("keys:\n  leave: Esc q\n", ":2:10: leave: needs a key other than a letter after Esc"),
      ("keys:\n  suspend: F3\n", ":2:12: suspend: ^Z stays"),
      ("keys:\n  save: true\n", ":2:9: save: use a key such as ^O"),
      ("keys:\n  save: {a: b}\n", ":2:9: save: use a key such as ^O"),
      ("keys:\n  save: [[F2]]\n", ":2:9: save: use a key such as ^O"),
      ("keys: [F2]\n", ":1:7: keys: use a mapping, such as save: [F2, ^S]"),
      ("\nmose: true\n", ":2:1: no key mose; did you mean mouse?"),
      (
        "mouse: true\nascii: true\nmouse: false\n",
        ":3:1: the key mouse is there twice, in lines 1 and 3; the last one counts"
      ),
      (
        "keys: {save: F2, save: F3}\n",
        ":1:18: the key save is there twice, in line 1; the last one counts"
      ),
      ("mouse: \"yes\"\n", ":1:8: mouse: use true or false"),
      ("ascii: 1\n", ":1:8: ascii: use true or false"), ("ascii:\n", ":1:7: ascii: use true or"),
      ("color: blue\n", ":1:8: color \"blue\": use auto, always or never"),
      ("theme: dark\n", ":1:8: theme \"dark\": use default, high-contrast, mono, or a file"),
      ("theme: mine.toml\n", ":1:8: theme \"mine.toml\": use default, high-contrast, mono, or a"),
      ("\ntheme: none.yaml\n", "config.yaml:2:8: no file /"),
      ("mouse = false\n", ":1:1: use a mapping, such as mouse: false"),
      ("- mouse\n", ":1:1: use a mapping"), ("mouse: true\n---\na: b\n", ":3:1: only one document"),
      ("mouse: true\nmouse: false\n", ":2:1: "), ("color: \"auto\n", ":1:8: the quote"),
      ("color: *a\n", ":1:8: "), ("\tmouse: on\n", ":1:1: "),
    ])
  func faults(text: String, words: String) throws {
    let sandbox = try Self.configured(text)
    for arguments in [["--print-keys"], ["--print-config"], ["--recipe", "blank"]] {
      let run = try Run(arguments, in: sandbox)
      #expect(run.ending == .exit(2))
      #expect(run.output.isEmpty)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  @Test("a theme's file with a role or a look that is none is named with its line")
  func themeFaults() throws {
    for (text, words) in [
      ("eror: red\n", "mine.yaml:1:1: no role eror; did you mean error?"),
      ("\nerror: crimson\n", "mine.yaml:2:8: error: use bold, dim, underlined, reversed"),
      ("error: 256\n", "mine.yaml:1:8: error: use bold"), ("a: [\n", "mine.yaml:2:1: "),
    ] {
      let sandbox = try Self.configured("theme: mine.yaml\n", theme: text)
      let run = try Run(["--print-config"], in: sandbox)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }
}
