import Foundation
import Testing

/// `config.toml`: what it changes, and what is said where it cannot be.
@Suite struct ConfigTests {
  private static func configured(_ text: String, theme: String? = nil) throws -> Sandbox {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: "\(sandbox.path)/home/.config/aigw-wizard", withIntermediateDirectories: true)
    try sandbox.write("\(sandbox.path)/home/.config/aigw-wizard/config.toml", text)
    if let theme { try sandbox.write("\(sandbox.path)/home/.config/aigw-wizard/mine.toml", theme) }
    return sandbox
  }

  @Test("chosen keys run their actions, stand in the key bar, and the standard ones run nothing")
  func keys() throws {
    let sandbox = try Self.configured(
      """
      # mine
      [keys]
      next-step = "F6"
      'add-rule' = ["Esc R",   # a letter of its own
        "^\\u006f"]
      save = ["F2", "Esc w"]
      """)
    let keys = try Run(["--print-keys"], in: sandbox).output
    #expect(keys.contains("save                F2, Esc w  "))
    #expect(keys.contains("add-rule            ^O, Esc R  "))
    let tmux = try Tmux.wizard("--recipe single-model -o out.yaml", in: sandbox)
    try tmux.wait(for: "F6 Next step")
    #expect(try tmux.screen().contains("F2 Save"))
    try tmux.press("<F6>")
    try tmux.wait(for: "route.metadata.name")
    try tmux.press("chat<C-v><Esc>R")
    try tmux.wait(for: "Rule 2/2")
    try tmux.press("<F2>")
    try tmux.wait(for: "Save with errors?")
    try tmux.press("<Esc><C-c><C-c>")
    try tmux.wait(for: "draft kept")
  }

  @Test("the configuration names the release, and --for another")
  func release() throws {
    let sandbox = try Self.configured("for = \"1.0\"\n")
    try sandbox.write(
      "route.yaml", SimulationCommandTests.route)
    #expect(try Run(["--print-config"], in: sandbox).output.contains("\nfor = \"1.0\"\n"))
    let former = try Run(["generated", "route.yaml"], in: sandbox)
    #expect(former.ending == .exit(0) && !former.output.contains("name: gpt\n"))
    let chosen = try Run(["generated", "route.yaml", "--for", "1.1"], in: sandbox)
    #expect(chosen.output.contains("name: gpt\n"))
    for text in ["for = \"2.0\"", "for = true"] {
      let run = try Run(["generated", "route.yaml"], in: Self.configured(text))
      #expect(run.ending == .exit(2))
      #expect(run.errors.contains("config.toml:1: for"), "\(run.errors)")
      #expect(run.errors.contains("\"0.6\", \"0.7\", \"1.0\" or \"1.1\""), "\(run.errors)")
    }
  }

  @Test("the configuration in force is printed as a file that says the same")
  func printed() throws {
    let sandbox = try Self.configured(
      """
      mouse = false
      color = "never"
      theme = 'high-contrast'
      [keys]
      redo = []
      copy = 'Esc "'
      next-field = ["^N", "Tab"]
      """)
    let first = try Run(["--print-config"], in: sandbox)
    #expect(first.ending == .exit(0))
    for line in [
      "mouse = false", "color = \"never\"", "ascii = false", "theme = \"high-contrast\"",
      "next-field = [\"^N\", \"Tab\", \"Down\"]", "redo = []", "copy = [\"Esc \\\"\"]",
      "save = [\"^O\", \"^S\", \"Esc w\"]",
    ] {
      #expect(first.output.contains("\n\(line)\n"), "\(line)")
    }
    let second = try Run(["--print-config"], in: Self.configured(first.output))
    func lines(_ run: Run) -> ArraySlice<Substring> {
      run.output.split(separator: "\n").dropFirst()
    }
    #expect(lines(second) == lines(first))
  }

  @Test("a theme's file colours a role, and the mouse stays the terminal's where that was said")
  func theme() throws {
    let sandbox = try Self.configured(
      "theme = \"mine.toml\"\nmouse = false\n", theme: "heading = \"underlined 208\"\n")
    let tmux = try Tmux.wizard("--recipe blank -o out.yaml", in: sandbox)
    try tmux.wait(for: "YAML  out.yaml")
    #expect(try tmux.value("#{mouse_any_flag}") == "0")
    #expect(try tmux.screen("-e").contains("38;5;208"))
  }

  @Test(
    "what cannot be is named with its file, its line and what can",
    arguments: [
      ("[keys]\nsave = \"^T\"\n", ":2: save: ^T runs go-to; choose another key"),
      ("[keys]\nundo = \"F3\"\nsave = [\"F2\", \"F3\"]\n", ": F3 runs "),
      ("[keys]\nsave = [\"F2\", \"F2\"]\n", ":2: save: F2 is there twice"),
      ("[keys]\nsafe = \"F2\"\n", ":2: no action safe; did you mean save?"),
      ("[keys]\nsave = \"Enter\"\n", ":2: save: Enter belongs to text fields and lists"),
      ("[keys]\nsave = \"^W\"\n", ":2: save: ^W belongs to text fields and lists"),
      ("[keys]\nsave = \"Esc O\"\n", ":2: save: Esc O begins an escape sequence"),
      ("[keys]\nsave = [\"Esc w\", \"Esc b\"]\n", ":2: save: one key after Esc"),
      ("[keys]\nsave = \"Ctrl-S\"\n", ":2: save: no key \"Ctrl-S\"; use such as ^O"),
      ("[keys]\nhelp = []\n", ":2: help: needs a key"),
      ("[keys]\nleave = \"Esc q\"\n", ":2: leave: needs a key other than a letter after Esc"),
      ("[keys]\nsuspend = \"F3\"\n", ":2: suspend: ^Z stays"),
      ("[keys]\nsave = true\n", ":2: save: use a key such as \"^O\""),
      ("\nmose = true\n", ":2: no key mose; did you mean mouse?"),
      ("mouse = \"yes\"\n", ":1: mouse: use true or false"),
      ("color = \"blue\"\n", ":1: color \"blue\": use \"auto\", \"always\", \"never\""),
      ("theme = \"dark\"\n", ":1: theme \"dark\": use default, high-contrast, mono, or a file"),
      ("\ntheme = \"none.toml\"\n", "config.toml:2: no file /"),
      ("[theme]\nx = true\n", ":2: no table theme; use keys"),
      ("[[keys]]\n", ":1: expected a key"), ("[keys\n", ":1: a table is written [name]"),
      ("mouse\n", ":1: mouse needs a value"), ("mouse = true false\n", ":1: nothing may follow"),
      ("mouse = true\nmouse = false\n", ":2: mouse is there twice"),
      ("ascii = 1\n", ":1: ascii: use true, false"),
      ("color = \"au\\qto\"\n", ":1: a backslash comes before"),
      ("color = \"\\u+041\"\n", ":1: a character is written \\u0041"),
      ("[\"\"]\n", ":1: a table is written [name]"), ("color = \"\\u00", ":1: a character is"),
      ("color = \"auto\n", ":1: a text ends with its quote, on its line"),
      ("[keys]\nsave = [\"F2\" \"F3\"]\n", ":2: a list has commas between its texts"),
      ("[keys]\nsave = [F2]\n", ":2: a list is written [\"a\", \"b\"]"),
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
      ("eror = \"red\"\n", "mine.toml:1: no role eror; did you mean error?"),
      ("\nerror = \"crimson\"\n", "mine.toml:2: error: use bold, dim, underlined, reversed"),
      ("error = 256\n", "mine.toml:1: error: use true, false"),
    ] {
      let sandbox = try Self.configured("theme = \"mine.toml\"\n", theme: text)
      let run = try Run(["--print-config"], in: sandbox)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }
}
