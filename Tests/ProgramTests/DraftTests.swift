import Foundation
import Glibc
import Testing

/// What is unsaved outlives whatever ends the program, and comes back as it was.
@Suite struct DraftTests {
  /// A draft of a name typed into a wizard that was then killed.
  private static func leave(
    _ name: String, of place: String, in sandbox: Sandbox, as draft: String? = nil,
    isAsked: Bool = false
  ) throws {
    let victim = try WizardProcess("--recipe split -o \(place)", in: sandbox)
    if isAsked {
      try victim.tmux.wait(for: "< Not now >")
      try victim.tmux.press("<Tab><Enter>")
      try victim.tmux.wait(until: "the form") { !$0.contains("Not now") }
    }
    try victim.tmux.go("route.metadata.name")
    try victim.tmux.press(name)
    try victim.tmux.wait(for: "[\(name) ")
    try expectDraft(draft ?? name, in: sandbox, victim.tmux)
    try victim.kill()
  }

  /// Once typing rests, there is a draft called after the route as it is then.
  private static func expectDraft(
    _ name: String, in sandbox: Sandbox, _ tmux: Tmux,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = Deadline()
    while !sandbox.drafts.contains(where: { $0.hasSuffix("/\(name).draft") }), deadline.left > 0 {
      _ = try tmux.screen()
    }
    #expect(
      sandbox.drafts.contains { $0.hasSuffix("/\(name).draft") }, "\(sandbox.drafts)",
      sourceLocation: sourceLocation)
  }

  @Test("a draft is called after the route's present name, whatever it was at first")
  func renamed() throws {
    let sandbox = try Sandbox()
    try sandbox.write("chat.yaml", DraftTests.styled(weight: 100))
    let victim = try WizardProcess("chat.yaml", in: sandbox)
    try victim.tmux.fill("route.spec.rules[0].backendRefs[0].weight", "70")
    try DraftTests.expectDraft("chat", in: sandbox, victim.tmux)
    for name in ["talk", "speech"] {
      try victim.tmux.fill("route.metadata.name", name)
      try DraftTests.expectDraft(name, in: sandbox, victim.tmux)
      // Its new name is taken first, then it gets it.
      let deadline = Deadline()
      while sandbox.drafts.count != 1, deadline.left > 0 { _ = try victim.tmux.screen() }
      #expect(sandbox.drafts.count == 1)
    }
    try DraftTests.leave("speech", of: "other.yaml", in: sandbox, as: "speech-2")
    try victim.kill()
    let lines = try DraftTests.list(sandbox)
    #expect(lines.count == 2)
    let line = try #require(lines.first { $0.contains(" speech ") })
    let wanted = try Regex(#"^\d  speech    \d{4}-\d\d-\d\d \d\d:\d\d  \d+ edits +/.*/chat\.yaml$"#)
    #expect(line.firstMatch(of: wanted) != nil, "\(line)")
    #expect(
      try sandbox.manifests(of: "speech.draft").output.contains("metadata: {name: speech}"))
  }

  private static func list(_ sandbox: Sandbox) throws -> [String] {
    try Run(["recover"], in: sandbox).output.split(separator: "\n").map(String.init)
  }

  @Test("a killed session comes back with its text, step, focus and every undo step")
  func whole() throws {
    let sandbox = try Sandbox()
    let victim = try WizardProcess("--recipe failover -o out.yaml", in: sandbox)
    let tmux = victim.tmux
    try tmux.fill("route.metadata.name", "one")
    try tmux.run("duplicate-rule")
    try tmux.fill("route.spec.rules[1].backendRefs[0].name", "second")
    try tmux.go("route.spec.rules[1].backendRefs[0].priority")
    try tmux.press("x7<Left>8")
    // The status line is drawn last.
    let before = try tmux.wait(until: "the last of five edits, kept") {
      $0.contains("x87") && $0.contains(/undo 5\/5 +draft saved \d\d:\d\d/)
    }
    #expect(sandbox.drafts.count == 1)
    #expect(sandbox.drafts.first.map(sandbox.mode) == 0o600)
    #expect(sandbox.mode("\(sandbox.path)/state/aigw-wizard/drafts") == 0o700)
    try victim.kill()

    #expect(try DraftTests.list(sandbox).count == 1)
    let again = try WizardProcess("recover one", in: sandbox).tmux
    try again.wait(for: "draft resumed")
    try again.press("9")
    try again.wait(until: "the same edit, gone on with") {
      $0.contains("897") && $0.contains("undo 5/5") && Tmux.place(on: $0) == Tmux.place(on: before)
    }
    for _ in 0..<20 { try again.press("<C-_>") }
    try again.press("<C-_><C-_>")
    try again.wait(for: "nothing to undo")
    for _ in 0..<22 { try again.press("<C-r>") }
    try again.wait(for: "nothing to redo")
    try again.run("save")
    try again.wait(for: "Save anyway")
    try again.press("<Tab><Enter>")
    try again.wait(for: "saved out.yaml")
    #expect(sandbox.file("out.yaml")?.contains("name: second\n") == true)
    #expect(sandbox.drafts.isEmpty)
  }

  /// A manifest in a style of its own, as it is once its weight was edited.
  private static func styled(weight: Int) -> String {
    """
    # kept by hand
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: chat}
    spec:
      parentRefs: [{name: gw}]
      rules:

      - backendRefs:
        - name: openai
          weight: \(weight)   # most of it

    """
  }

  @Test("edits of an opened file come back over it, and a file changed meanwhile is asked about")
  func opened() throws {
    let sandbox = try Sandbox()
    try sandbox.write("chat.yaml", DraftTests.styled(weight: 100))
    let victim = try WizardProcess("chat.yaml", in: sandbox)
    try victim.tmux.fill("route.spec.rules[0].backendRefs[0].weight", "70")
    try victim.tmux.wait(for: "weight: 70   # most of it")
    try victim.tmux.wait(for: "draft saved")
    try victim.kill()
    #expect(sandbox.file("chat.yaml") == DraftTests.styled(weight: 100))
    #expect(try DraftTests.list(sandbox).first?.hasSuffix("\(sandbox.work)/chat.yaml") == true)
    let printed = try sandbox.manifests(of: try #require(sandbox.drafts.first)).output
    #expect(printed == DraftTests.styled(weight: 70))

    let told = try WizardProcess("chat.yaml", in: sandbox)
    let question = try told.tmux.wait(for: "< Not now >")
    #expect(question.contains("A draft of this file was left behind: chat"))
    #expect(question.contains("\(sandbox.work)/chat.yaml"))
    #expect(question.contains("aigw-wizard recover chat"))
    try told.tmux.press("<Tab><Enter>")
    try told.tmux.wait(until: "the file as it is") {
      !$0.contains("Not now") && $0.contains("weight: 100   # most of it")
    }
    try told.kill()
    let resumed = try WizardProcess("chat.yaml", in: sandbox)
    try resumed.tmux.wait(for: "< Not now >")
    try resumed.tmux.press("<Enter>")
    try resumed.tmux.wait(for: "draft resumed")
    try resumed.tmux.wait(for: "weight: 70   # most of it")
    try resumed.kill()

    try sandbox.write("chat.yaml", DraftTests.styled(weight: 90))
    let again = try WizardProcess("recover chat", in: sandbox).tmux
    try again.wait(for: "draft resumed")
    try again.press("<C-o>")
    try again.wait(until: "both sides") {
      $0.contains("chat.yaml was changed by someone else") && $0.contains("weight: 90")
        && $0.contains("weight: 70")
    }
    #expect(sandbox.file("chat.yaml") == DraftTests.styled(weight: 90))
    try again.press("<Esc>")
    try again.wait(until: "the dialog to close") { !$0.contains("by someone else") }
    try sandbox.write("chat.yaml", DraftTests.styled(weight: 100))
    try again.press("<C-o>")
    try again.wait(for: "weight of openai 100 -> 70")
    try again.press("<Enter>")
    try again.wait(for: "saved chat.yaml")
    #expect(sandbox.file("chat.yaml") == DraftTests.styled(weight: 70))
    #expect(sandbox.drafts.isEmpty)
  }

  @Test("saving, discarding and undoing all of it remove the draft; editing again brings it back")
  func removed() throws {
    let sandbox = try Sandbox()
    let victim = try WizardProcess("--recipe split -o out.yaml", in: sandbox)
    let tmux = victim.tmux
    #expect(sandbox.drafts.isEmpty)
    try tmux.go("route.metadata.name")
    try tmux.press("a")
    try tmux.wait(for: "draft saved")
    #expect(sandbox.drafts.count == 1)
    try tmux.press("<C-_>")
    try tmux.wait(for: "undone")
    try expectNoDraft(sandbox, tmux)
    try tmux.press("<C-r>")
    try tmux.wait(for: "redone")
    #expect(sandbox.drafts.count == 1)
    try tmux.run("save")
    try tmux.wait(for: "Save anyway")
    try tmux.press("<Tab><Enter>")
    try tmux.wait(for: "saved out.yaml")
    #expect(sandbox.drafts.isEmpty)
    try tmux.press("b")
    try tmux.wait(for: "draft saved")
    #expect(sandbox.drafts.count == 1)
    let printed = try sandbox.manifests(of: try #require(sandbox.drafts.first))
    #expect(printed.output.contains("name: ab\n"))
    try tmux.press("<C-x><Tab><Enter>")
    try tmux.wait(for: "[ended]")
    #expect(sandbox.drafts.isEmpty)
  }

  /// Where nothing is unsaved any more, the draft goes when typing rests.
  private func expectNoDraft(
    _ sandbox: Sandbox, _ tmux: Tmux, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = Deadline()
    while !sandbox.drafts.isEmpty, deadline.left > 0 { _ = try tmux.screen() }
    #expect(sandbox.drafts.isEmpty, sourceLocation: sourceLocation)
  }

  @Test("typed back to what it was, there is no draft once typing rests")
  func typedBack() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard("--recipe split -o out.yaml", in: sandbox, columns: 120, rows: 40)
    try tmux.go("route.metadata.name")
    try tmux.press("a")
    try tmux.wait(for: "draft saved")
    #expect(sandbox.drafts.count == 1)
    try tmux.press("<BSpace>")
    try expectNoDraft(sandbox, tmux)
    try tmux.press("b")
    try tmux.wait(for: "draft saved")
    #expect(sandbox.drafts.count == 1)
  }

  @Test("drafts are listed by name, opened by name or number, and deleted")
  func listed() throws {
    let sandbox = try Sandbox()
    #expect(try Run(["recover"], in: sandbox).errors.contains("no draft"))
    for (name, place) in [("one", "a.yaml"), ("two", "sub/b.yaml"), ("three", "a.yaml")] {
      try DraftTests.leave(name, of: place, in: sandbox, isAsked: name == "three")
    }
    let lines = try DraftTests.list(sandbox)
    #expect(
      lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        == ["1 three", "2 two", "3 one"])
    #expect(lines[1].hasSuffix("\(sandbox.work)/sub/b.yaml"))
    #expect(try Run(["recover", "--print", "1"], in: sandbox).output.contains("name: three\n"))
    #expect(try Run(["recover", "--print", "one"], in: sandbox).output.contains("name: one\n"))

    let open = try WizardProcess("recover 2", in: sandbox)
    try open.tmux.wait(for: "[two ")
    #expect(try DraftTests.list(sandbox).contains { $0.contains("open in process") })
    for words in [["recover", "two"], ["recover", "--delete", "two"]] {
      let refused = try Run(words, in: sandbox)
      #expect(refused.ending == .exit(1) && refused.errors.contains("open in process"))
    }
    let one = try Run(["recover", "one", "--delete"], in: sandbox)
    #expect(one.ending == .exit(0))
    #expect(try Run(["recover", "--delete", "--all"], in: sandbox).ending == .exit(0))
    #expect(try DraftTests.list(sandbox).count == 1)
    try open.kill()
    #expect(try Run(["recover", "--delete", "--all"], in: sandbox).ending == .exit(0))
    #expect(sandbox.drafts.isEmpty)
  }

  @Test("without a terminal opening a draft says how to print it; wrong words are named")
  func misused() throws {
    let sandbox = try Sandbox()
    try DraftTests.leave("one", of: "a.yaml", in: sandbox)
    let open = try Run(["recover", "one"], in: sandbox)
    #expect(open.ending == .exit(2) && open.errors.contains("aigw-wizard recover --print one"))
    #expect(try sandbox.manifests(of: "one.draft").output.contains("name: one\n"))
    for (words, status, part) in [
      (["recover", "b"], 1, "no draft b"), (["recover", "2"], 1, "no draft 2"),
      (["recover", "--print"], 2, "which draft?"), (["recover", "--all"], 2, "--delete --all"),
      (["recover", "a", "b"], 2, "b"), (["recover", "--delete", "--all", "a"], 2, "--all"),
      (["recover", "--recipe", "split"], 2, "--recipe"),
    ] as [([String], Int32, String)] {
      let run = try Run(words, in: sandbox)
      #expect(run.ending == .exit(status) && run.errors.contains(part), "\(words): \(run.errors)")
    }
    #expect(sandbox.drafts.count == 1)
  }

  @Test("the first screen offers the drafts there are, and only then")
  func firstScreen() throws {
    let sandbox = try Sandbox()
    let none = try WizardProcess("", in: sandbox).tmux
    #expect(try !none.screen().contains("resume draft"))
    try DraftTests.leave("one", of: "a.yaml", in: sandbox)
    let victim = try WizardProcess("", in: sandbox)
    let tmux = victim.tmux
    let line = try tmux.wait(for: "resume draft").split(separator: "\n")
      .first { $0.contains("resume draft") }
    let number = try #require(line?.firstMatch(of: /(\d+)  resume/)?.1)
    try tmux.press(String(number))
    try tmux.wait(for: "draft resumed")
    try tmux.wait(for: "[one ")
    try tmux.press("-more")
    try tmux.wait(for: "[one-more ")
    try victim.kill()
    #expect(sandbox.drafts.count == 1)
    #expect(
      try sandbox.manifests(of: sandbox.drafts[0]).output.contains("name: one-more\n"))
  }

  @Test("a draft is taken up in the folder that it was left in")
  func elsewhere() throws {
    let sandbox = try Sandbox()
    try DraftTests.leave("one", of: "a.yaml", in: sandbox)
    let tmux = try Tmux(
      "cd / && '\(Built.wizard)' recover one; exec cat", in: sandbox, columns: 120, rows: 40)
    try tmux.wait(for: "draft resumed in \(sandbox.work)")
    try tmux.run("save")
    try tmux.wait(for: "Save anyway")
    try tmux.press("<Tab><Enter>")
    try tmux.wait(for: "saved a.yaml")
    #expect(sandbox.file("a.yaml")?.contains("name: one\n") == true)
    try tmux.press("<C-x>")
    try tmux.wait(for: "in \(sandbox.work):")
  }

  @Test("two wizards on one file are told of each other; a dead one holds nothing up")
  func twoOfThem() throws {
    let sandbox = try Sandbox()
    symlink("out.yaml", sandbox.full("link.yaml"))
    let first = try WizardProcess("--recipe split -o out.yaml", in: sandbox)
    #expect(try !first.tmux.screen().contains("also has out.yaml open"))
    let second = try WizardProcess(
      "--recipe split -o '\(sandbox.work)/../work/link.yaml'", in: sandbox)
    try second.tmux.wait(for: "process \(first.process) also has ")
    try first.tmux.go("route.metadata.name")
    try first.tmux.press("a")
    try first.tmux.wait(for: "process \(second.process) also has out.yaml open")
    try second.tmux.go("route.metadata.name")
    try second.tmux.press("b")
    try second.tmux.wait(for: "draft saved")
    #expect(sandbox.drafts.count == 2)
    try first.kill()
    let other = try WizardProcess("--recipe split -o out.yaml", in: sandbox)
    try other.tmux.wait(for: "A draft of this file was left behind")
    try other.kill()
    try second.kill()

    let third = try WizardProcess("--recipe split -o out.yaml", in: sandbox).tmux
    #expect(try !third.wait(for: "A draft of this file was left behind").contains("open too"))
  }

  @Test("what cannot be read is named and kept; what stands before a broken line comes back")
  func unreadable() throws {
    let sandbox = try Sandbox()
    try DraftTests.leave("one", of: "a.yaml", in: sandbox)
    let folder = "\(sandbox.path)/state/aigw-wizard/drafts"
    let whole = try #require(sandbox.file("\(folder)/one.draft"))
    try sandbox.write("\(folder)/later.draft", "aigw-wizard draft 99\nwhat it may be\n")
    try sandbox.write("\(folder)/other.draft", "what it may be\n")
    try sandbox.write("\(folder)/torn.draft", String(whole.prefix(300)))
    try sandbox.write("\(folder)/broken.draft", whole + "no event\ntext two\n")
    let list = try DraftTests.list(sandbox).joined(separator: "\n")
    for (name, words) in [
      ("later", "later version"), ("other", "not a draft"), ("torn", "it ends before"),
    ] {
      #expect(list.contains(words))
      for option in [["--print"], []] {
        let run = try Run(["recover", name] + option, in: sandbox)
        #expect(run.ending == .exit(1) && run.errors.contains("kept as \(folder)/\(name).draft"))
      }
    }
    let printed = try sandbox.manifests(of: "broken.draft")
    #expect(printed.output.contains("name: one\n") && printed.errors.contains("cannot be read"))
    let victim = try WizardProcess("recover broken", in: sandbox)
    let tmux = victim.tmux
    try tmux.wait(for: "is damaged from line")
    try tmux.press("-more")
    try tmux.wait(for: "[one-more ")
    try victim.kill()
    #expect(sandbox.file("\(folder)/broken.draft") == whole + "no event\ntext two\n")
    #expect(
      try sandbox.drafts.contains {
        try sandbox.manifests(of: $0).output.contains("name: one-more\n")
      })
    #expect(sandbox.drafts.count == 6)
  }

  @Test("where no draft can be kept it says so once and goes on; leaving is asked for twice")
  func unwritable() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard(
      "--recipe split -o out.yaml", in: sandbox, columns: 120, rows: 40,
      environment: ["XDG_STATE_HOME": "/proc/nowhere"])
    try tmux.go("route.metadata.name")
    try tmux.press("a")
    try tmux.wait(for: "no draft is kept, save soon: /proc/nowhere/aigw-wizard/drafts: ")
    try tmux.press("b")
    try tmux.wait(until: "the message to leave") {
      $0.contains("[ab ") && !$0.contains("save soon") && $0.contains("no draft is kept")
        && !$0.contains("draft saved")
    }
    // Leaving does not offer to keep what cannot be kept.
    try tmux.press("<C-x>")
    try tmux.wait(until: "the question") {
      $0.contains("what is not saved is lost") && !$0.contains("Keep draft")
    }
    try tmux.press("<Enter>")
    try tmux.run("save")
    try tmux.wait(for: "Save anyway")
    try tmux.press("<Tab><Enter>")
    try tmux.wait(for: "saved out.yaml")
    try tmux.press("c")
    try tmux.press("<C-c><C-c>")
    try tmux.wait(for: "no draft is kept: save, or leave again")
    try tmux.press("<C-c>")
    try tmux.wait(for: "the draft could not be kept")
    try tmux.wait(for: "[status 1]")
    #expect(sandbox.file("out.yaml")?.contains("name: ab\n") == true)
  }

  @Test(
    "a full disk is said, and what was typed meanwhile is kept as soon as there is room",
    .enabled(if: Sandbox.mayMount))
  func fullDisk() throws {
    let sandbox = try Sandbox()
    let state = "\(sandbox.path)/state"
    let victim = try WizardProcess(
      "--recipe split -o out.yaml", in: sandbox,
      through: "unshare -m sh -c \"mount -t tmpfs -o size=64k none \(state); "
        + "head -c 44k /dev/zero > \(state)/filler; exec \\\"\\$0\\\" \\\"\\$@\\\"\"")
    let tmux = victim.tmux
    try tmux.go("route.metadata.name")
    try tmux.press("a")
    try tmux.wait(for: "draft saved")
    try tmux.paste(String(repeating: "x", count: 20_000))
    try tmux.wait(for: "no draft is kept, save soon: no space left on device")
    try tmux.press("<C-u>short")
    try tmux.wait(for: "[short ")
    // What the file system holds is seen from outside through the process.
    let inside = "/proc/\(victim.process)/root\(state)"
    let drafts = "\(inside)/aigw-wizard/drafts"
    unlink("\(inside)/filler")
    try tmux.press("er")
    try tmux.wait(for: "draft saved")
    let name = try #require(sandbox.names(in: drafts).first { $0.hasSuffix(".draft") })
    let draft = try #require(sandbox.file("\(drafts)/\(name)"))
    try victim.kill()
    mkdir("\(state)/aigw-wizard", 0o700)
    mkdir("\(state)/aigw-wizard/drafts", 0o700)
    try sandbox.write("\(state)/aigw-wizard/drafts/out.draft", draft)
    #expect(try sandbox.manifests(of: "out.draft").output.contains("name: shorter\n"))
  }

  @Test("a state folder that was removed meanwhile is made again")
  func folderRemoved() throws {
    let sandbox = try Sandbox()
    let victim = try WizardProcess("--recipe split -o out.yaml", in: sandbox)
    let tmux = victim.tmux
    try tmux.go("route.metadata.name")
    try tmux.press("a")
    try tmux.wait(for: "draft saved")
    try FileManager.default.removeItem(atPath: "\(sandbox.path)/state")
    try tmux.press("b")
    try tmux.wait(for: "[ab ")
    let deadline = Deadline()
    var printed = ""
    while !printed.contains("name: ab\n"), deadline.left > 0 {
      printed = try sandbox.drafts.first.map { try sandbox.manifests(of: $0).output } ?? ""
    }
    #expect(printed.contains("name: ab\n"))
    try victim.kill()
    #expect(try sandbox.manifests(of: sandbox.drafts[0]).output == printed)
  }
}
