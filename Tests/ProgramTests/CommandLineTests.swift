import Foundation
import Testing

/// The command line is a contract.
@Suite struct CommandLineTests {
  private static let complete = [
    "--recipe", "catch-all", "--set", "route.metadata.name=r", "--set",
    "route.spec.parentRefs[0].name=gw",
  ]

  @Test("--help and --version print on stdout and exit with 0")
  func help() throws {
    let sandbox = try Sandbox()
    for arguments in [["--help"], ["-h"], ["render", "--help"]] {
      let run = try Run(arguments, in: sandbox)
      #expect(run.ending == .exit(0) && run.errors.isEmpty)
      #expect(run.output.contains("USAGE: aigw-wizard") && run.output.contains("--recipe <name>"))
    }
    let version = try Run(["--version"], in: sandbox)
    #expect(version.ending == .exit(0) && version.errors.isEmpty)
    #expect(version.output.wholeMatch(of: /aigw-wizard \d+\.\d+\.\d+\n/) != nil)
  }

  @Test("help and version are commands too, and say the same as the options")
  func commands() throws {
    let sandbox = try Sandbox()
    for (command, option) in [
      (["help"], ["--help"]), (["help", "check"], ["check", "--help"]),
      (["help", "--help"], ["--help"]), (["help", "check", "-h"], ["check", "--help"]),
      (["help", "help"], ["--help"]), (["version"], ["--version"]),
      (["config"], ["--print-config"]), (["check", "--version"], ["--version"]),
    ] {
      let (run, other) = try (Run(command, in: sandbox), Run(option, in: sandbox))
      #expect(run.ending == .exit(0) && run.errors.isEmpty)
      #expect(!run.output.isEmpty && run.output == other.output)
    }
  }

  @Test("what is piped to a command without files is read by -, and that is said")
  func piped() throws {
    let sandbox = try Sandbox()
    for command in ["check", "generated", "simulate"] {
      let run = try Run([command], in: sandbox, input: "kind: Gateway\n")
      #expect(run.ending == .exit(2))
      #expect(
        run.errors.hasPrefix("aigw-wizard: \(command) needs files")
          && run.errors.contains("aigw-wizard \(command) -\n"), "\(run.errors)")
    }
  }

  @Test("--help has no line wider than 80 columns")
  func helpWidth() throws {
    for words in [[], ["check"], ["generated"], ["simulate"], ["recover"], ["explain"]] {
      let run = try Run(words + ["--help"], in: Sandbox())
      #expect(run.output.split(separator: "\n").filter { $0.count > 80 } == [])
    }
  }

  @Test(
    "what is wrong with the command line is said, with what would be right, and exits with 2",
    arguments: [
      (["--recpie", "x"], "did you mean --recipe?"), (["--recipe", "x"], "weighted-split"),
      (["--recipe"], "missing value"), (["--ascii=yes"], "does not take any value"),
      (["--color", "blue"], "'auto', 'always' or 'never'"),
      (["render", "--ascii"], "unknown option"),
      (["--api-version", "v2"], "v1beta1"), (["rendr"], "did you mean render?"),
      (["cehck"], "did you mean check?"), (["cehck", "--fix", "x.yaml"], "did you mean check?"),
      (["route"], "a file of that name is ./route"),
      (["--ascii", "check", "x.yaml"], "the command goes first"),
      (["help", "cehck"], "did you mean check?"), (["help", "check", "diff"], "one too many"),
      (["help", "--frob"], "unknown option '--frob'\nTry: aigw-wizard --help"),
      (["help", "check", "--hepl"], "unknown option '--hepl'; did you mean --help?\nTry: "),
      (["help", "--linear"], "unknown option '--linear'"), (["help", "-x"], "option '-x'"),
      (["version", "x"], "unexpected argument"), (["check", "--json", "x"], "--format json?"),
      (["check", "--output", "json", "x"], "--format json?"),
      (["generated", "--output=json", "x"], "--format json?"),
      (["simulate", "-ojson", "x"], "--format json?"),
      (["simulate", "x", "--json"], "--format json?"),
      (["check", "--frob"], "unknown option '--frob'\nTry: aigw-wizard check --help"),
      (["-x"], "Try: aigw-wizard --help"),
      (["diff", "a"], "takes two files, old and new"), (["diff", "-", "-"], "only once"),
      (["render", "x"], "unexpected argument 'x'"), (["schema"], "schema needs an argument"),
      (["simulate", "--header", "x", "-"], "NAME: VALUE"),
      (["simulate", "--path", "x", "-"], "/v1/chat/completions"),
      (["simulate", "--size", "x", "-"], "40000 or 1Mi"),
      (["recover", "--delete"], "which draft?"), (["recover", "--all"], "--delete --all"),
      (["--generate-completion-script", "csh"], "bash"), (["render", "--set", "x"], "PATH=VALUE"),
      (["render", "--set", "route.metdata.name=x"], "did you mean metadata?"),
      (["--check"], "unknown option"),
    ])
  func misuse(arguments: [String], words: String) throws {
    let run = try Run(arguments, in: Sandbox())
    #expect(run.ending == .exit(2))
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("--print-keys lists every command that the issue's programs drive, each once")
  func keys() throws {
    let run = try Run(["--print-keys"], in: Sandbox())
    #expect(run.ending == .exit(0))
    let names = run.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(Set(names).count == names.count)
    #expect(
      Set(names).isSuperset(of: [
        "add-rule", "add-match", "add-header", "add-backend", "add-row", "remove-row",
        "remove-rule", "save", "save-as", "leave", "undo", "redo", "next-step", "previous-step",
        "go-to", "help", "problems", "diff", "fix", "copy", "mouse", "suspend", "redraw",
      ]))
    #expect(run.output.contains("^O, ^S, Esc w"))
  }

  @Test("the completion scripts are complete, and bash accepts its own")
  func completion() throws {
    let sandbox = try Sandbox()
    for shell in ["bash", "zsh", "fish"] {
      let run = try Run(["--generate-completion-script", shell], in: sandbox)
      #expect(run.ending == .exit(0))
      #expect(run.output.contains("render") && run.output.contains("weighted-split"))
    }
    let script = try Run(["--generate-completion-script", "bash"], in: sandbox)
    try sandbox.write("complete.bash", script.output)
    let check = try Run(["-n", "complete.bash"], program: "bash", in: sandbox)
    #expect(check.ending == .exit(0), "\(check.errors)")
  }

  @Test(
    "bash completes commands, options, their values and files, with blanks in them too",
    arguments: [
      (["check", "my"], ["my route.yaml"]), (["diff", "a.yaml", "my"], ["my route.yaml"]),
      (["--answers", "my"], ["my route.yaml"]), (["render", "my"], []),
      (["explain", "L33"], ["L33"]),
      (["ren"], ["render"]), (["render", "--forc"], ["--force"]), (["check", "--forc"], []),
      (["--recipe", "w"], ["weighted-split"]), (["--an"], ["--answers"]),
      (["check", "--only", "L54"], ["L54", "L54.mcp", "L54.total"]),
      (["check", "--for", "0."], ["0.6", "0.7"]),
      (["check", "--skip", "L33,L54"], ["L33,L54", "L33,L54.mcp", "L33,L54.total"]),
      (["explain", "provider", "azure"], ["azure-openai", "azure-openai-v1"]),
      (["help", "s"], ["simulate", "status", "schema"]), (["recover", "x"], []),
    ])
  func completions(words: [String], found: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write("my route.yaml", "a: 1\n")
    let script = try Run(["--generate-completion-script", "bash"], in: sandbox)
    try sandbox.write("complete.bash", script.output)
    let before = words.dropLast().last ?? "aigw-wizard"
    let line = "aigw-wizard \(words.joined(separator: " "))"
    let use = try Run(
      [
        "-c",
        """
        aigw-wizard() { "\(Built.wizard)" "$@"; }
        source complete.bash; COMP_LINE="\(line)"; COMP_POINT=${#COMP_LINE}
        COMP_WORDS=(\(line)); COMP_CWORD=\(words.count)
        _aigw-wizard aigw-wizard "\(words.last ?? "")" "\(before)"; printf '%s\\n' "${COMPREPLY[@]}"
        """,
      ], program: "bash", in: sandbox)
    #expect(use.output.split(separator: "\n").map(String.init) == found, "\(use.errors)")
  }

  @Test("a shell completes files beside commands, for the wizard opens them")
  func files() throws {
    let sandbox = try Sandbox()
    for (shell, line) in [
      ("bash", "complete -o filenames -o default -F _aigw-wizard aigw-wizard\n"),
      ("zsh", "subcommand subcommands && ret=0\n        _files && ret=0\n"),
      ("fish", "should_offer_completions_for_positional \"aigw-wizard\" -ge 1' -F\n"),
      ("fish", "case 'aigw-wizard'\n        __aigw-wizard_parse_subcommand 0 "),
    ] {
      let script = try Run(["--generate-completion-script", shell], in: sandbox)
      #expect(script.output.contains(line), "\(shell)")
    }
  }

  @Test("the schema of answers files is JSON that knows the fields")
  func schema() throws {
    let run = try Run(["schema", "answers"], in: Sandbox())
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    let schema = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let properties = (schema as? [String: Any])?["properties"] as? [String: Any]
    #expect(properties?.keys.contains("route") == true)
  }

  @Test("-o takes its file joined to it")
  func joined() throws {
    let sandbox = try Sandbox()
    let run = try Run(["render", "-oout.yaml"] + Self.complete, in: sandbox)
    #expect(run.ending == .exit(0) && sandbox.names() == ["out.yaml"], "\(run.errors)")
  }

  @Test("answers are read from a pipe too")
  func pipedAnswers() throws {
    let run = try Run(
      ["render", "--answers", "-"], in: Sandbox(),
      input:
        "version: 1\nrecipe: split\nroute: {metadata: {name: r}, spec: {parentRefs: [{name: g}]}}\n"
    )
    #expect(run.ending == .exit(0) && run.output.contains("weight: 80"), "\(run.errors)")
  }

  @Test("render refuses errors with 3, names path and message, writes nothing; --force writes")
  func invalid() throws {
    let sandbox = try Sandbox()
    let arguments = ["render", "--recipe", "catch-all", "-o", "out.yaml"]
    let refused = try Run(arguments, in: sandbox)
    #expect(refused.ending == .exit(3) && refused.output.isEmpty)
    #expect(refused.errors.contains("error: route.metadata.name: name is required"))
    #expect(sandbox.names().isEmpty)
    let forced = try Run(arguments + ["--force"], in: sandbox)
    #expect(forced.ending == .exit(0))
    #expect(sandbox.file("out.yaml")?.contains("my-openai-backend") == true)
  }

  @Test("render judges for the release that --for names")
  func release() throws {
    let sandbox = try Sandbox()
    func render(_ release: String) throws -> Run {
      try Run(
        [
          "render", "--recipe", "single", "--set", "route.metadata.name=r", "--set",
          "route.spec.parentRefs[0].name=gw", "--set", "route.spec.rules[0].name=chat", "--for",
          release,
        ], in: sandbox)
    }
    #expect(try render("1.1").ending == .exit(0))
    let former = try render("1.0")
    #expect(former.ending == .exit(3) && former.output.isEmpty)
    #expect(former.errors.contains("route.spec.rules[0].name: "), "\(former.errors)")
  }

  @Test("-o - and no -o write to stdout; --check compares and exits with 4 where files differ")
  func outputs() throws {
    let sandbox = try Sandbox()
    let complete = CommandLineTests.complete
    let plain = try Run(["render"] + complete, in: sandbox)
    #expect(plain.ending == .exit(0) && plain.output.contains("kind: AIGatewayRoute"))
    #expect(try Run(["render", "-o", "-"] + complete, in: sandbox).output == plain.output)
    #expect(sandbox.names().isEmpty)
    let check = ["render", "--check", "-o", "out.yaml"] + complete
    let missing = try Run(check, in: sandbox)
    #expect(missing.ending == .exit(4) && missing.errors.contains("differs: out.yaml"))
    #expect(sandbox.names().isEmpty)
    #expect(try Run(["render", "-o", "out.yaml"] + complete, in: sandbox).ending == .exit(0))
    #expect(try Run(check, in: sandbox).ending == .exit(0))
    try sandbox.write("out.yaml", plain.output + "#\n")
    #expect(try Run(check, in: sandbox).ending == .exit(4))
    #expect(sandbox.file("out.yaml") == plain.output + "#\n")
  }

  @Test("render writes a folder, with a kustomization where it is asked for")
  func folder() throws {
    let sandbox = try Sandbox()
    let run = try Run(
      ["render", "--kustomization", "-o", "out/"] + CommandLineTests.complete, in: sandbox)
    #expect(run.ending == .exit(0), "\(run.errors)")
    #expect(
      sandbox.names(in: "out") == ["00-buffer.yaml", "10-route.yaml", "kustomization.yaml"])
  }

  @Test("an answers file is read; what is wrong with it is said with its line")
  func answers() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "good.yaml",
      """
      # A comment.
      version: 1
      recipe: split
      route:
        metadata: {name: r}
        spec: {parentRefs: [{name: gw}]}
      """)
    let good = try Run(["render", "--answers", "good.yaml"], in: sandbox)
    #expect(good.ending == .exit(0), "\(good.errors)")
    #expect(good.output.contains("weight: 80"))
    try sandbox.write("bad.yaml", "version: 1\nroute:\n  metdata: {name: r}\n")
    let bad = try Run(["render", "--answers", "bad.yaml"], in: sandbox)
    #expect(bad.ending == .exit(3) && bad.output.isEmpty)
    #expect(bad.errors.contains("bad.yaml:3:") && bad.errors.contains("metadata"))
    let missing = try Run(["render", "--answers", "none.yaml"], in: sandbox)
    #expect(missing.ending == .exit(1) && missing.errors.contains("none.yaml: no such file"))
  }

  @Test("where stdout is full, render says so and exits with 1")
  func fullOutput() throws {
    let sandbox = try Sandbox()
    let run = try Run(
      [
        "-c",
        "'\(Built.wizard)' render \(CommandLineTests.complete.map(Tmux.quoted).joined(separator: " ")) > /dev/full",
      ],
      program: "sh", in: sandbox)
    #expect(run.ending == .exit(1) && !run.errors.isEmpty)
  }

  @Test("--trace writes every key to a file of one's own")
  func trace() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard("--recipe split --trace trace.txt", in: sandbox)
    try tmux.move("<Esc>2")
    try tmux.leave()
    #expect(sandbox.mode("trace.txt") == 0o600)
    #expect(sandbox.file("trace.txt")?.split(separator: "\n").count ?? 0 >= 2)
  }
}
