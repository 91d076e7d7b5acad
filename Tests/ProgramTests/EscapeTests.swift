import Testing

/// What comes from outside is shown, never obeyed by the terminal; and only what it can show is sent.
@Suite struct EscapeTests {
  /// Sets the window's title, and a C1 control that some terminals obey.
  private static let evil = "a\u{1b}]0;PWNED\u{7}b\u{9b}31mc\u{7f}"

  private static func expectHarmless(
    _ pty: Pty, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = pty.wire
    #expect(!text.contains(7), sourceLocation: sourceLocation)
    #expect(!pty.text.contains("\u{1b}]"), sourceLocation: sourceLocation)
    #expect(
      !pty.text.unicodeScalars.contains { (0x7f...0x9f).contains($0.value) },
      sourceLocation: sourceLocation)
  }

  @Test("controls in the output's path, in settings and in pasted values never reach the terminal")
  func controls() throws {
    let sandbox = try Sandbox()
    let pty = try Pty(
      [
        "--recipe", "split", "-o", "\(EscapeTests.evil).yaml", "--set",
        "route.metadata.namespace=\(EscapeTests.evil)", "--set",
        "route.spec.rules[0].backendRefs[0].namespace=\(EscapeTests.evil)",
      ], in: sandbox, columns: 120, rows: 40)
    try pty.wait(for: "^G Help")
    pty.type("\u{1b}2")
    try pty.wait(for: "route.metadata.name")
    pty.type("\u{1b}[200~\(EscapeTests.evil)\u{1b}[201~")
    for step in 1...8 { pty.type("\u{1b}\(step)") }
    pty.type("\u{1b}p")
    pty.type("\u{1b}")
    pty.type("\u{f}")
    try pty.wait(for: "Save as...")
    // The choices are Show problems, Save anyway, Save as, Cancel.
    pty.type("\t\r")
    try pty.wait(for: "saved ")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    #expect(pty.plain().contains("PWNED"))
    EscapeTests.expectHarmless(pty)
    #expect(sandbox.names() == ["\(EscapeTests.evil).yaml"])
  }

  @Test("messages and drafts of a path with controls show them, too")
  func messages() throws {
    let sandbox = try Sandbox()
    for arguments in [
      ["render", "--set", "\(EscapeTests.evil)=x"], ["--answers", EscapeTests.evil],
      ["render", "--recipe", "split", "-o", "/proc/\(EscapeTests.evil)/x", "--force"],
      ["--\(EscapeTests.evil)"], ["render", "--set", "route.metadata.name=\(EscapeTests.evil)"],
    ] {
      let run = try Run(arguments, in: sandbox)
      #expect(run.ending != .exit(0))
      #expect(run.errors.contains("PWNED"), "\(arguments)")
      #expect(
        !run.errors.unicodeScalars.contains {
          $0.value < 0x20 && $0 != "\n" || (0x7f...0x9f).contains($0.value)
        })
    }
    let pty = try Pty(
      ["--recipe", "split", "-o", EscapeTests.evil, "--set", "route.metadata.name=x"], in: sandbox)
    try pty.wait(for: "^G Help")
    pty.type("\u{1b}2")
    try pty.wait(for: "route.metadata.name")
    pty.type("y\u{3}\u{3}")
    #expect(pty.end() == .exit(130))
    EscapeTests.expectHarmless(pty)
  }

  /// Turns the text around it, hides in it, and a C1 control.
  private static let hidden = "a\u{202e}b\u{2066}c\u{200b}d\u{200e}e\u{feff}f\u{61c}g\u{85}h"

  @Test("what turns or hides text is shown in every command's text, and escaped in its JSON")
  func hiding() throws {
    let sandbox = try Sandbox()
    let escaped = EscapeTests.hidden.unicodeScalars.map {
      $0.isASCII
        ? "\($0)"
        : "\\u" + String(repeating: "0", count: $0.value < 256 ? 2 : $0.value < 4096 ? 1 : 0)
          + String($0.value, radix: 16)
    }.joined()
    let route = """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata: {name: r, annotations: {a: "\(escaped)"}}
      spec:
        parentRefs: [{name: gw, sectionName: "\(escaped)"}]
        rules: [{name: "\(escaped)", backendRefs: [{name: "\(escaped)", weight: -1}]}]

      """
    try sandbox.write("a.yaml", route)
    try sandbox.write("b.yaml", route.replacing("weight: -1", with: "weight: 1"))
    for arguments in [
      ["check", "a.yaml"], ["check", "--format", "json", "a.yaml"], ["diff", "a.yaml", "b.yaml"],
      ["generated", "b.yaml"], ["generated", "--format", "json", "b.yaml"],
      ["simulate", "b.yaml", "--model", EscapeTests.hidden],
      ["simulate", "b.yaml", "--model", EscapeTests.hidden, "--format", "json"],
      ["explain", EscapeTests.hidden], ["check", EscapeTests.hidden], [EscapeTests.hidden],
    ] {
      let run = try Run(arguments, in: sandbox)
      let hidden = Set(EscapeTests.hidden.unicodeScalars.filter { !$0.isASCII })
      #expect(
        (run.output + run.errors).unicodeScalars.allSatisfy { !hidden.contains($0) }, "\(arguments)"
      )
      #expect((run.output + run.errors).contains("202e"), "\(arguments)")
    }
  }

  @Test(
    "no colour is sent where none is wanted, and attributes still tell the focus",
    arguments: [["--color", "never"], ["NO_COLOR"]])
  func noColor(words: [String]) throws {
    let pty = try Pty(
      ["--recipe", "split"] + (words.count > 1 ? words : []), in: Sandbox(),
      environment: words.count > 1 ? [:] : ["NO_COLOR": "1"])
    try pty.wait(for: "^G Help")
    for step in 2...8 { pty.type("\u{1b}\(step)") }
    // Redrawn, so that the text is written whole, whichever screens were drawn before it.
    pty.type("\u{c}")
    try pty.wait(for: "Save: save the manifests")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    let colors = EscapeTests.renditions(pty).filter { (30...49).contains($0) || $0 >= 90 }
    #expect(colors.isEmpty)
    #expect(EscapeTests.renditions(pty).contains(7))
  }

  @Test("with colours only the 16 of the terminal are used, on its own background")
  func color() throws {
    let pty = try Pty(
      ["--recipe", "split", "--color", "always"], in: Sandbox(), environment: ["NO_COLOR": "1"])
    try pty.wait(for: "^G Help")
    for step in 2...8 { pty.type("\u{1b}\(step)") }
    // Redrawn, so that the text is written whole, whichever screens were drawn before it.
    pty.type("\u{c}")
    try pty.wait(for: "Save: save the manifests")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    let used = Set(EscapeTests.renditions(pty))
    #expect(!used.isDisjoint(with: 31...37))
    #expect(used.isDisjoint(with: 40...48) && used.isDisjoint(with: [38]))
  }

  @Test(
    "ASCII alone is sent where it is asked for, or the locale has nothing else",
    arguments: [["--ascii"], ["C"]])
  func ascii(words: [String]) throws {
    let isAsked = words == ["--ascii"]
    let sandbox = try Sandbox()
    let pty = try Pty(
      ["--recipe", "split", "--set", "route.metadata.name=naïve"] + (isAsked ? words : []),
      in: sandbox, environment: isAsked ? [:] : ["LC_ALL": "C"], columns: 120, rows: 40)
    try pty.wait(for: "^G Help")
    for step in 2...8 { pty.type("\u{1b}\(step)") }
    // Redrawn, so that the text is written whole, whichever screens were drawn before it.
    pty.type("\u{c}")
    try pty.wait(for: "Save: save the manifests")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    #expect(!pty.wire.contains { $0 >= 0x80 })
    // Neither does it switch to the line drawing character set.
    #expect(!pty.wire.contains(0x0e) && !pty.text.contains("\u{1b}(0"))
    #expect(pty.plain().contains("----"))
  }

  @Test("without bracketed paste in the terminal's repertoire the request is not sent")
  func plainTerminal() throws {
    let pty = try Pty(["--recipe", "split"], in: Sandbox(), environment: ["TERM": "vt100"])
    try pty.wait(for: "^G Help")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    #expect(!pty.text.contains("?2004h") && !pty.text.contains("?1000h"))
    #expect(pty.modes == pty.modesBefore)
  }

  /// Every number of every SGR sequence.
  private static func renditions(_ pty: Pty) -> [Int] {
    pty.text.matches(of: /\x1b\[([0-9;]*)m/).flatMap { match in
      match.output.1.split(separator: ";").compactMap { Int($0) }
    }
  }
}
