import Foundation
import Testing

/// The wizard without a screen: questions and answers through a pipe.
@Suite struct LinearTests {
  private static let names = [
    "--set", "route.metadata.name=r", "--set", "route.spec.parentRefs[0].name=gw",
  ]

  private static func run(
    _ words: [String] = [], _ answers: [String], in sandbox: Sandbox
  ) throws -> Run {
    let run = try Run(
      ["--linear"] + words, in: sandbox, input: answers.map { $0 + "\n" }.joined())
    let isPlain = run.output.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }
    #expect(isPlain, "nothing but printable text and line ends")
    return run
  }

  private static let enters = Array(repeating: "", count: 400)

  @Test(
    "any stream of Enters writes what render writes, of each recipe",
    arguments: [
      "blank", "single-model", "weighted-split", "failover-pair", "tenant-header", "catch-all",
      "inference-pool", "openai", "openai-azure-failover", "anthropic-and-openai", "bedrock",
      "self-hosted-vllm",
    ])
  func recipe(name: String) throws {
    let sandbox = try Sandbox()
    let needed = [
      "blank": [
        "route.spec.rules[0].matches[0].headers[0].value=gpt-4o",
        "route.spec.rules[0].backendRefs[0].name=openai",
      ],
      "openai-azure-failover": [
        "provider[1].resource=my-resource", "provider[1].api-version=2025-01-01-preview",
      ],
      "bedrock": ["provider[0].region=us-east-1"], "self-hosted-vllm": ["provider[0].service=vllm"],
    ]
    let words =
      ["--recipe", name] + Self.names + (needed[name] ?? []).flatMap { ["--set", $0] }
    let rendered = try Run(["render"] + words, in: sandbox)
    let run = try Self.run(words, Self.enters, in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(2000))")
    #expect(sandbox.file("r.yaml") == rendered.output && !rendered.output.isEmpty)
    #expect(run.output.contains("Write r.yaml?") && run.output.contains("\nwrote r.yaml\n"))
    #expect(sandbox.drafts.isEmpty)
  }

  @Test("a blank form, Enter alone: what is needed is asked three times, nothing is written")
  func blank() throws {
    let sandbox = try Sandbox()
    let run = try Self.run([], Self.enters, in: sandbox)
    #expect(run.ending == .exit(3))
    #expect(run.output.components(separatedBy: "Route name is required.").count == 3)
    #expect(run.output.contains("error: ") && run.output.contains("Nothing was written"))
    #expect(sandbox.names() == [] && sandbox.drafts.isEmpty)
  }

  @Test(
    "the worked examples, answered question by question, are what render writes of them",
    arguments: [
      (
        ["single-model"],
        [
          ":step 2", "openai-route", "", "", "my-gateway", ":step 3", "", "", "gpt-4o-mini",
          ":save",
        ],
        ["route.metadata.name=openai-route", "route.spec.parentRefs[0].name=my-gateway"]
      ),
      (
        ["blank"],
        [
          ":step 2", "split", "", "", "gw", ":step 3", "", "", "gpt-4o", ":step 4",
          "openai-backend", "", "80", "", "no", "yes", "azure-openai-backend", "", "20", "", "no",
          ":save",
        ],
        [
          "route.metadata.name=split", "route.spec.parentRefs[0].name=gw",
          "route.spec.rules[0].matches[0].headers[0].value=gpt-4o",
          "route.spec.rules[0].backendRefs[0].name=openai-backend",
          "route.spec.rules[0].backendRefs[0].weight=80",
          "route.spec.rules[0].backendRefs[1].name=azure-openai-backend",
          "route.spec.rules[0].backendRefs[1].weight=20",
        ]
      ),
      (
        ["failover-pair"],
        [
          ":step 2", "r", "", "", "gw", ":step 5", "300s", ":step 6", "gpt-4o-eu", ":step 1",
          "100Mi", ":save",
        ],
        [
          "route.metadata.name=r", "route.spec.parentRefs[0].name=gw",
          "route.spec.rules[0].timeouts.request=300s",
          "route.spec.rules[0].backendRefs[0].modelNameOverride=gpt-4o-eu",
          "policy.spec.connection.bufferLimit=100Mi",
        ]
      ),
    ])
  func examples(recipe: [String], answers: [String], settings: [String]) throws {
    let sandbox = try Sandbox()
    let words = ["--recipe"] + recipe
    let rendered = try Run(["render"] + words + settings.flatMap { ["--set", $0] }, in: sandbox)
    let run = try Self.run(words + ["-o", "out.yaml"], answers + [""], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(2000))")
    #expect(sandbox.file("out.yaml") == rendered.output && !rendered.output.isEmpty)
  }

  @Test("a provider is described, and a rule sent to a pool, as render does it")
  func providers() throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "catch-all"] + Self.names
    let rendered = try Run(
      ["render"] + words + ["--provider", "my-openai-backend=openai"], in: sandbox)
    let run = try Self.run(
      words, [":step 4", "", "", "", "", "openai", ":save", ""], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(1500))")
    #expect(sandbox.file("r.yaml") == rendered.output)
    let pool = try Self.run(
      words + ["-o", "pool.yaml"], [":step 7", "yes", "llama", ":save", ""], in: sandbox)
    #expect(pool.ending == .exit(0), "\(pool.output.suffix(1500))")
    #expect(sandbox.file("pool.yaml")?.contains("kind: InferencePool") == true)
  }

  @Test("what stands behind cards of the screen is asked for where that is wanted")
  func cards() throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "weighted-split"] + Self.names
    let rule = "route.spec.rules[0]"
    let settings = [
      "route.metadata.labels={team: a}", "route.metadata.annotations={note: '1'}",
      "route.spec.hostnames=[a.example.com, b.example.com]",
      "route.spec.llmRequestCosts=[{metadataKey: used, type: TotalToken}]",
      "\(rule).backendRefs[0].headerMutation.set=[{name: x-a, value: '1'}]",
      "\(rule).backendRefs[1].bodyMutation.remove=[user]",
    ]
    let rendered = try Run(["render"] + words + settings.flatMap { ["--set", $0] }, in: sandbox)
    #expect(rendered.ending == .exit(0), "\(rendered.errors)")
    let more = { (count: Int) in Array(repeating: "", count: count) }
    let answers =
      [":step 2"] + more(9) + ["labels", "team", "a", "", "annotations", "note", "1", ""]
      + ["hostnames", "yes", "a.example.com", "yes", "b.example.com", ""]
      + ["all", "llm", "yes", "used", "TotalToken", "", "", "", "", "", ""]
      + [":step 6", "", "", "1", "1", "yes", "x-a", "1", "", "", ""]
      + ["4", "2", "yes", "user", "", "", ":save", ""]
    let run = try Self.run(words, answers, in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(5000))")
    #expect(sandbox.file("r.yaml") == rendered.output)
    #expect(run.output.contains("2.10.1 Add a key (text such as team, now none): team"))
    #expect(run.output.contains("End of labels."))
  }

  @Test("what is undone is asked for again")
  func undo() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "single-model"] + Self.names,
      [":step 4", "", "", "70", ":undo", "80", ":save", ""], in: sandbox)
    #expect(run.ending == .exit(0))
    #expect(sandbox.file("r.yaml")?.contains("weight: 80") == true)
    #expect(run.output.contains("undone: "))
  }

  @Test("rows are moved, copied and removed, in cards as well")
  func rows() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "weighted-split"] + Self.names,
      [
        ":step 4", ":down", ":duplicate", ":add rule", ":step 3", ":add rule", ":up rule",
        ":down rule", ":duplicate rule", ":remove rule", ":up rule", ":remove rule", ":step 2",
        ":set route.metadata.labels={a: b, c: d}",
      ] + Array(repeating: "", count: 9) + ["labels", ":remove", ":up", ":quit"], in: sandbox)
    for words in [
      "moved backend 1 (openai-backend) to 2", "added backend 2, a copy of backend 1",
      "moved rule 2 (no model) to 1", "moved rule 1 (no model) to 2",
      "added rule 3, a copy of rule 2",
      "removed rule 2 (no model)", "2.10.1 c (text, now d):", "An entry has no place",
    ] {
      #expect(run.output.contains(words), "\(words)\n\(run.output)")
    }
  }

  @Test("files are laid out as on the last step of the screen")
  func layout() throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "openai"] + Self.names
    let rendered = try Run(
      ["render"] + words + ["-o", "out/", "--kustomization"], in: sandbox)
    #expect(rendered.ending == .exit(0), "\(rendered.errors)")
    let run = try Self.run(words, [":step 8", "yes", "yes", ""], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(2000))")
    #expect(sandbox.names(in: "r").contains("kustomization.yaml"))
    #expect(sandbox.names(in: "r") == sandbox.names(in: "out"))
    for name in sandbox.names(in: "out") {
      #expect(sandbox.file("r/\(name)") == sandbox.file("out/\(name)"), "\(name)")
    }
  }

  @Test("-o - keeps stdout for the manifests")
  func standardOutput() throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "single-model"] + Self.names
    let rendered = try Run(["render"] + words, in: sandbox)
    let run = try Self.run(words + ["-o", "-"], Self.enters, in: sandbox)
    #expect(run.ending == .exit(0) && run.output == rendered.output)
    #expect(run.errors.contains("Write -?"))
  }

  @Test("a wrong answer is explained and asked again; the third offers to keep what stands")
  func wrong() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "single-model"] + Self.names,
      [":step 4", "", "", "7O", "-1", "x", "no", "70", ":step 3", "", "Regexp", "Exact"]
        + Self.enters, in: sandbox)
    #expect(run.ending == .exit(0))
    #expect(run.output.contains("Wrong: weight \"7O\" is not a whole number; use 0 to 1000000."))
    #expect(run.output.contains("Keep the current value, now empty, which means 1?"))
    #expect(run.output.contains("Wrong: use 1 Exact, 2 RegularExpression."))
    #expect(
      run.output.contains("Changed: rule 1 (gpt-4o-mini): weight of openai-backend added: 70"))
    #expect(sandbox.file("r.yaml")?.contains("weight: 70") == true)
  }

  @Test("signs that are not spoken become words, and values stay as they are")
  func spoken() throws {
    let path = "route.spec.rules[0].matches[0].headers[0].value"
    let run = try Self.run(
      ["--recipe", "single-model"],
      [":step 2", "My_Route", "", ":set \(path)=a...<b>  & -> c", ":step 3", "", ""], in: Sandbox())
    #expect(run.output.contains("lower-case letters, digits, hyphen and dot;"))
    #expect(run.output.contains("now a...<b>  & -> c): "))
    #expect(run.output.contains("Step 4") == false)
  }

  @Test("read aloud: what a way leads to stands apart, and no bounds of 32 bits, no 60s as sixty z")
  func readAloud() throws {
    let run = try Self.run(
      ["--recipe", "failover-pair"] + Self.names,
      [":step 2"] + Array(repeating: "", count: 40) + [":quit"], in: Sandbox())
    #expect(run.output.contains("(1 Hostnames (none), 2 Labels (none), 3 Annotations (none), "))
    #expect(run.output.contains("Per priority (whole number, now 1): "))
    #expect(run.output.contains("Retries (whole number from 0, now 5): "))
    #expect(run.output.contains("Request (a duration such as 300s, "))
    #expect(run.output.contains("How long an answer may take: 60 seconds in all"))
    #expect(!run.output.contains("2147483647"))
  }

  @Test("a value that begins with a colon is typed with a backslash")
  func colon() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "single-model"] + Self.names,
      [":step 3", "", "", "\\:model", ":nothing", ":save", ""], in: sandbox)
    #expect(sandbox.file("r.yaml")?.contains("value: \":model\"") == true)
    #expect(run.output.contains("No command nothing;"))
  }

  @Test("every command of a session does what it says")
  func commands() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "weighted-split"] + Self.names,
      [
        ":help", ":step 3", ":rule 1", ":add rule", "x-tenant", ":back", ":list", ":explain",
        ":yaml", ":problems", ":remove rule", ":undo", ":redo", ":simulate gpt-4o", ":diff",
        ":set route.metadata.labels={team: a}", ":step 9", ":rule 7", ":clear", ":step 4", "", "",
        "5", ":fix", ":remove", ":quit",
      ], in: sandbox)
    #expect(run.ending == .exit(130))
    for words in [
      ":simulate, where a request goes", "added rule 2", "Header 1, now x-tenant", "Its path is",
      "kind: AIGatewayRoute", "removed rule 2", "undone: ", "redone: ", "A request for gpt-4o:",
      "new file r.yaml", "added: kind: AIGatewayRoute", "metadata.labels.team added: a",
      "Use a step from 1 to 8", "Use a rule from 1 to 1.", "removed backend 1 (openai-backend)",
    ] {
      #expect(run.output.contains(words), "\(words)")
    }
    #expect(!run.output.contains("^_") && !run.output.contains("->"))
    let draft = try #require(sandbox.drafts.first)
    let manifests = try sandbox.manifests(of: draft).output
    #expect(manifests.contains("team: a") && !manifests.contains("- name: openai-backend"))
  }

  @Test("the end of the input keeps the draft, which goes on where it was")
  func endOfInput() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "single-model", "-o", "out.yaml"], [":step 2", "chat", "", "", "gw"],
      in: sandbox)
    #expect(run.ending == .exit(130) && run.errors.contains("draft kept"))
    #expect(sandbox.names() == [])
    let list = try Run(["recover"], in: sandbox)
    #expect(list.output.contains("chat"))
    let again = try Run(
      ["recover", "1", "--linear"], in: sandbox, input: String(repeating: "\n", count: 200))
    #expect(again.ending == .exit(0), "\(again.output.suffix(1000))")
    #expect(sandbox.file("out.yaml")?.contains("name: chat") == true && sandbox.drafts.isEmpty)
    let last = try Self.run(["out.yaml"], [":step 2", "other"], in: sandbox)
    #expect(last.ending == .exit(130) && sandbox.drafts.count == 1)
    let told = try Self.run(["out.yaml"], [], in: sandbox)
    #expect(told.output.contains("To go on with it: aigw-wizard recover other --linear"))
    _ = try Run(["recover", "--delete", "--all"], in: sandbox)
    for answers in [[], ["", ""], [":help", ":quit"]] {
      let unanswered = try Self.run(
        ["--recipe", "single-model", "-o", "new.yaml"], answers, in: sandbox)
      #expect(unanswered.ending == .exit(130) && sandbox.drafts.isEmpty)
      #expect(!unanswered.errors.contains("draft kept"))
    }
    let nothing = try Self.run([], [], in: sandbox)
    #expect(nothing.ending == .exit(130) && sandbox.drafts.isEmpty)
  }

  @Test("opened files are edited in their own style, and only where something changed")
  func opened() throws {
    let sandbox = try Sandbox()
    let text = try Run(["render", "--recipe", "weighted-split"] + Self.names, in: sandbox).output
    let own = "# mine\n" + text.replacing("weight: 80", with: "weight: 80   # most")
    try sandbox.write("mine.yaml", own)
    let same = try Self.run(["mine.yaml"], Self.enters, in: sandbox)
    #expect(same.ending == .exit(0) && sandbox.file("mine.yaml") == own)
    let run = try Self.run(["mine.yaml"], [":step 4", "", "", "70"] + Self.enters, in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(1500))")
    #expect(sandbox.file("mine.yaml") == own.replacing("weight: 80", with: "weight: 70"))
  }

  @Test("the objects of a backend that an opened file describes are asked about where wanted")
  func openedBackend() throws {
    let sandbox = try Sandbox()
    let text = try Run(["render", "--recipe", "openai"] + Self.names, in: sandbox).output
    try sandbox.write("mine.yaml", text)
    let run = try Self.run(
      ["mine.yaml"],
      [":step 4", "", "", "", "", "", "", "objects", "eu.api.openai.com", "", "eu.api.openai.com"]
        + Self.enters, in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(1500))")
    #expect(run.output.contains("4.7.1 Backend hostname (text, now api.openai.com): "))
    #expect(run.output.contains("End of Backend openai."))
    #expect(
      sandbox.file("mine.yaml")
        == text.replacing("hostname: api.openai.com", with: "hostname: eu.api.openai.com"))
  }

  @Test("of several opened routes one is chosen first")
  func routes() throws {
    let sandbox = try Sandbox()
    let words = ["render", "--recipe", "catch-all", "--set", "route.spec.parentRefs[0].name=gw"]
    for name in ["one", "two"] {
      let run = try Run(words + ["--set", "route.metadata.name=\(name)"], in: sandbox)
      try sandbox.write("\(name).yaml", run.output)
    }
    let before = sandbox.file("one.yaml")
    let run = try Self.run(
      ["one.yaml", "two.yaml"], ["2", ":step 5", "90s"] + Self.enters, in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(1500))")
    #expect(run.output.contains("1.1 Which route (1 "))
    #expect(sandbox.file("one.yaml") == before)
    #expect(sandbox.file("two.yaml")?.contains("request: 90s") == true)
  }

  @Test("a file that was not opened is replaced only when that is chosen")
  func conflict() throws {
    let sandbox = try Sandbox()
    try sandbox.write("r.yaml", "kind: Namespace\n")
    let words = ["--recipe", "single-model"] + Self.names
    let left = try Self.run(words, Self.enters, in: sandbox)
    #expect(left.ending == .exit(130) && sandbox.file("r.yaml") == "kind: Namespace\n")
    #expect(left.output.contains("r.yaml is there and was not opened"))
    let elsewhere = try Self.run(words, [":save", "yes", "1", "new.yaml"], in: sandbox)
    #expect(elsewhere.ending == .exit(0), "\(elsewhere.output.suffix(1500))")
    #expect(sandbox.file("r.yaml") == "kind: Namespace\n" && sandbox.file("new.yaml") != nil)
    let replaced = try Self.run(words, [":save", "yes", "Replace"], in: sandbox)
    #expect(replaced.ending == .exit(0), "\(replaced.output.suffix(1500))")
    #expect(sandbox.file("r.yaml") == sandbox.file("new.yaml"))
    let path = try Self.run(words, [":save", "folder/"], in: sandbox)
    #expect(path.ending == .exit(0) && sandbox.names(in: "folder").count == 2)
  }

  @Test("a place that cannot be written is said, and the draft stays")
  func unwritable() throws {
    let sandbox = try Sandbox()
    let words = ["--recipe", "single-model", "-o", "no/folder/x.yaml"] + Self.names
    let run = try Self.run(words, Self.enters, in: sandbox)
    #expect(run.ending == .exit(130) && sandbox.drafts.count == 1)
    #expect(run.output.contains("no/folder/x.yaml: "))
  }

  @Test("with errors at the end each is told, and the first can be gone to")
  func errors() throws {
    let sandbox = try Sandbox()
    let run = try Self.run(
      ["--recipe", "single-model"], [":save", "yes", "chat", ":save", "yes", "gw", ":save", ""],
      in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output.suffix(2000))")
    #expect(sandbox.file("chat.yaml") != nil)
  }

  @Test("what stands against a session without a screen is said with exit 2")
  func refused() throws {
    let sandbox = try Sandbox()
    let quiet = try Run(
      ["--linear"], in: sandbox, environment: ["AIGW_WIZARD_NON_INTERACTIVE": "1"])
    #expect(quiet.ending == .exit(2) && quiet.errors.contains("aigw-wizard render"))
    for words in [["--linear", "-"], ["--linear", "--trace", "t"]] {
      #expect(try Run(words, in: sandbox).ending == .exit(2))
    }
    #expect(try Run(["--linear", "none.yaml", "other.yaml"], in: sandbox).ending == .exit(1))
  }

  @Test("random answers never end otherwise than with 0, 3 or 130", arguments: 0..<12)
  func random(seed: Int) throws {
    let sandbox = try Sandbox()
    let texts = [
      "", "", "", "yes", "no", "1", "2", "a", "gpt-4o", ":back", ":add", ":remove", ":undo",
      ":redo",
      ":step 3", ":step 4", ":step 7", ":rule 2", ":fix", ":clear", "x y", ":add rule", "70",
      "300s",
      "openai", ":diff", ":list", "\\:x", "\u{1B}[A", "é", ":set route.spec.rules=[]",
    ]
    var state = UInt64(seed &* 7919 &+ 17)
    let answers = (0..<150).map { _ -> String in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return texts[Int(state >> 33) % texts.count]
    }
    let run = try Self.run(["--recipe", "split"], answers + Self.enters, in: sandbox)
    #expect(
      [.exit(0), .exit(3), .exit(130)].contains(run.ending),
      "\(run.ending) \(run.output.suffix(500))")
  }
}
