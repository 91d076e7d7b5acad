import Foundation
import Glibc
import YAML
import Testing

/// Files that are there are opened, edited and saved; nothing else in them changes.
@Suite struct FileOpenerTests {
  private static let chat = """
    # the chat route, kept by team-a
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata:
      name: chat          # its name
      namespace: team-a
    spec:
      parentRefs:
      - name: gw
        kind: Gateway
        group: gateway.networking.k8s.io
      rules:

      - name: chat-split
        timeouts: {request: 300s}
        matches:
        - headers:
          - {type: Exact, name: x-ai-eg-model, value: gpt-4o}
        backendRefs:
        - name: openai
          weight: 100     # most of it
        - name: azure
          weight: 1
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: buffer, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      connection: {bufferLimit: 50Mi}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: other}
    data:
      script: |
        #!/bin/sh
        weight: 100
    """

  private static func replacing(_ old: String, _ new: String, in text: String = chat) -> String {
    text.replacingOccurrences(of: old, with: new)
  }

  /// Sets the first backend's weight to 70 and saves.
  private static func edit(
    _ tmux: Tmux, saving name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try tmux.wait(for: "8 Review", sourceLocation: sourceLocation)
    try tmux.fill("route.spec.rules[0].backendRefs[0].weight", "70", sourceLocation: sourceLocation)
    try tmux.press("<C-o>")
    try tmux.wait(for: "weight of openai 100 -> 70", sourceLocation: sourceLocation)
    try tmux.press("<Enter>")
    try tmux.wait(for: "saved \(name)", sourceLocation: sourceLocation)
  }

  @Test(
    "one edit changes one line of a file, whatever ends its lines",
    arguments: [
      chat, chat + "\n", replacing("\n", "\r\n"), "\u{feff}" + chat + "\n",
      replacing("namespace: team-a\n", "namespace: team-a\t# tab\n"),
    ])
  func edit(text: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write("chat.yaml", text, mode: 0o640)
    let tmux = try Tmux.wizard("chat.yaml", in: sandbox, columns: 120, rows: 40)
    try Self.edit(tmux, saving: "chat.yaml")
    #expect(
      sandbox.file("chat.yaml")
        == Self.replacing("weight: 100     #", "weight: 70     #", in: text))
    #expect(sandbox.mode("chat.yaml") == 0o640)
    let printed = try tmux.leave()
    #expect(printed.contains("wrote chat.yaml") && printed.contains("kubectl apply -f chat.yaml"))
    #expect(sandbox.names() == ["chat.yaml"])
  }

  @Test("-o - prints what was saved once the screen is the shell's again; the file stays")
  func standardOutput() throws {
    let sandbox = try Sandbox()
    try sandbox.write("chat.yaml", Self.chat)
    let tmux = try Tmux(
      "'\(Built.wizard)' chat.yaml -o - > out.yaml; echo \"[status $?]\"; exec cat", in: sandbox,
      columns: 120, rows: 40)
    try Self.edit(tmux, saving: "-")
    #expect(sandbox.file("out.yaml") == "")
    try tmux.leave()
    #expect(sandbox.file("out.yaml") == Self.replacing("weight: 100     #", "weight: 70     #"))
    #expect(sandbox.file("chat.yaml") == Self.chat)
    #expect(sandbox.names() == ["chat.yaml", "out.yaml"])
  }

  @Test("opened and left, a file stays as it is to the byte")
  func untouched() throws {
    let sandbox = try Sandbox()
    try sandbox.write("chat.yaml", Self.chat)
    let tmux = try Tmux.wizard("chat.yaml", in: sandbox)
    try tmux.press("<C-o>")
    try tmux.wait(for: "nothing to save")
    try tmux.leave()
    #expect(sandbox.file("chat.yaml") == Self.chat)
  }

  @Test("a folder opens with all its manifests, and only the changed file is written")
  func folder() throws {
    let sandbox = try Sandbox()
    mkdir(sandbox.full("live"), 0o755)
    let parts = Self.chat.components(separatedBy: "---\n")
    for (name, part) in zip(["b.yaml", "a.yml", "c.yaml"], parts) {
      try sandbox.write("live/\(name)", part, mode: 0o444)
      chmod(sandbox.full("live/\(name)"), name == "b.yaml" ? 0o644 : 0o444)
    }
    try sandbox.write("live/README.md", "no: [yaml")
    let tmux = try Tmux.wizard("live/", in: sandbox, columns: 120, rows: 40)
    let screen = try tmux.wait(for: "= live/b.yaml")
    #expect(screen.contains("[done] ClientTrafficPolicy"))
    try Self.edit(tmux, saving: "live/b.yaml")
    #expect(sandbox.file("live/b.yaml") == Self.replacing("100     #", "70     #", in: parts[0]))
    #expect(sandbox.file("live/a.yml") == parts[1] && sandbox.file("live/c.yaml") == parts[2])
    try tmux.leave()
  }

  @Test("a pipe is opened, with the keys from the terminal, and saved under the route's name")
  func standardInput() throws {
    let sandbox = try Sandbox()
    try sandbox.write("in.yaml", Self.chat)
    let tmux = try Tmux(
      "cat in.yaml | '\(Built.wizard)' -; echo \"[status $?]\"; exec cat", in: sandbox,
      columns: 120, rows: 40)
    try Self.edit(tmux, saving: "chat.yaml")
    #expect(sandbox.file("chat.yaml") == Self.replacing("100     #", "70     #"))
    #expect(sandbox.file("in.yaml") == Self.chat)
    try tmux.leave()
  }

  @Test("of several routes one is chosen, and both can be edited")
  func routes() throws {
    let sandbox = try Sandbox()
    let code = Self.replacing("name: chat ", "name: code ")
    let first = Self.chat.components(separatedBy: "---\n")[0]
    try sandbox.write("two.yaml", first + "---\n" + code)
    let tmux = try Tmux.wizard("two.yaml", in: sandbox, columns: 120, rows: 40)
    let screen = try tmux.wait(for: "Which route?")
    #expect(screen.contains("team-a/chat") && screen.contains("team-a/code"))
    try tmux.press("<Down><Enter>")
    try Self.edit(tmux, saving: "two.yaml")
    let edited = Self.replacing("100     #", "70     #", in: code)
    #expect(sandbox.file("two.yaml") == first + "---\n" + edited)
    try tmux.run("choose-route")
    try tmux.wait(for: "Which route?")
    try tmux.press("<Up><Enter>")
    try tmux.wait(for: "route chat (^_ goes back)")
    try tmux.leave()
  }

  @Test(
    "what cannot be opened is refused with its place and left alone",
    arguments: [
      ("bad.yaml", "a: [1\nb: 2\n", "bad.yaml:2:2: "),
      ("bad.yaml", "kind: A\n---\nkind: B\n\tc: 1\n", "bad.yaml:4:1: a tab"),
      ("bad.yaml", "not a manifest\n", "bad.yaml:1:1: "),
      ("/dev/null", nil, "not a regular file"), ("/dev/zero", nil, "not a regular file"),
    ])
  func refused(name: String, text: String?, words: String) throws {
    let sandbox = try Sandbox()
    if let text { try sandbox.write(name, text) }
    let run = try Run([name], in: sandbox)
    #expect(run.ending == .exit(1))
    #expect(run.output.isEmpty && run.errors.contains(words), "\(run.errors)")
    if let text { #expect(sandbox.file(name) == text) }
  }

  @Test("the path of no file is that of a new one", arguments: ["./route", "there/route.yaml"])
  func new(name: String) throws {
    let sandbox = try Sandbox()
    mkdir(sandbox.full("there"), 0o755)
    let tmux = try Tmux.wizard("\(SavingTests.complete) \(name)", in: sandbox)
    try tmux.save(name)
    try tmux.leave()
    #expect(sandbox.file(name)?.contains("kind: AIGatewayRoute") == true)
  }

  /// A wizard that reads a pipe, of which the other end is given too.
  private static func slow(_ sandbox: Sandbox) throws -> (tmux: Tmux, pipe: Int32) {
    mkfifo(sandbox.full("pipe"), 0o600)
    let pipe = open(sandbox.full("pipe"), O_RDWR | O_CLOEXEC)
    guard pipe >= 0 else { throw Failed("no pipe") }
    let tmux = try Tmux(
      "'\(Built.wizard)' - -o out.yaml < pipe; echo \"[status $?]\"; exec cat", in: sandbox,
      columns: 120, rows: 40)
    try tmux.wait(for: "reading -...")
    return (tmux, pipe)
  }

  private static func feed(_ text: String, _ pipe: Int32) {
    let bytes = Array(text.utf8)
    #expect(write(pipe, bytes, bytes.count) == bytes.count)
    close(pipe)
  }

  @Test("what takes long to read is said at once, and keys and sizes are answered meanwhile")
  func slowly() throws {
    let sandbox = try Sandbox()
    let (tmux, pipe) = try Self.slow(sandbox)
    try tmux.press("abc<Enter>")
    try tmux.resize(columns: 80, rows: 24)
    try tmux.wait(until: "the same, smaller") {
      $0.contains("reading -...") && $0.contains("Esc cancels")
    }
    Self.feed(Self.chat, pipe)
    // Not the upper part of a frame: keys that the panel still gets would lead elsewhere.
    try tmux.wait(until: "Review") {
      !$0.contains("reading -") && Tmux.place(on: $0) == "< Save >"
    }
    try tmux.go("route.metadata.name")
    try tmux.press("<C-u>mine")
    try tmux.wait(for: "draft saved")
    #expect(try sandbox.manifests(of: sandbox.drafts[0]).output.contains("name: mine"))
  }

  @Test("Esc gives up what takes long to read, and leads to the first screen")
  func givenUp() throws {
    let sandbox = try Sandbox()
    let (tmux, pipe) = try Self.slow(sandbox)
    try tmux.press("<Esc>")
    try tmux.wait(until: "the first screen") {
      $0.contains("what do you start from?") && !$0.contains("reading")
    }
    try tmux.press("01")
    try tmux.wait(for: "^G Help")
    Self.feed(Self.chat, pipe)
    try tmux.fill("route.metadata.name", "mine")
    try tmux.wait(for: "name: mine")
  }

  @Test("what cannot be opened after a while ends the program as at once")
  func slowlyBroken() throws {
    let (tmux, pipe) = try Self.slow(Sandbox())
    Self.feed("a: [\n", pipe)
    let screen = try tmux.wait(for: "[status 1]")
    #expect(screen.contains("aigw-wizard: -:2:1: "))
  }

  @Test("every file that is broken is named; nothing is opened")
  func several() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", "a: [\n")
    try sandbox.write("b.yaml", Self.chat)
    try sandbox.write("c.yaml", "- x: y: z\n")
    let run = try Run(["."], in: sandbox)
    #expect(run.ending == .exit(1))
    #expect(run.errors.contains("a.yaml:2:1") && run.errors.contains("c.yaml:1:7"), "\(run.errors)")
  }

  @Test("- without a terminal or a pipe, and files beside a recipe, are misuse")
  func misuse() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", Self.chat)
    for words in [
      ["-"], ["-", "-"], ["a.yaml", "--recipe", "blank"], ["a.yaml", "--set", "policy=false"],
    ] {
      let run = try Run(words, in: sandbox)
      #expect(run.ending == .exit(2), "\(words): \(run.errors)")
    }
  }

  @Test("files are opened inside: from the first screen, and by the command")
  func inside() throws {
    let sandbox = try Sandbox()
    mkdir(sandbox.full("live"), 0o755)
    try sandbox.write("live/chat.yaml", Self.chat)
    try sandbox.write("bad.yaml", "a: [\n")
    let tmux = try Tmux.wizard(in: sandbox, columns: 120, rows: 40)
    try tmux.wait(for: "08  open files")
    try tmux.press("8")
    try tmux.wait(for: "Open (a file")
    try tmux.press("bad.yaml<Enter>")
    try tmux.wait(for: "Not opened")
    try tmux.press("<Enter>")
    try tmux.wait(for: "Open (a file")
    try tmux.press("liv<Tab>")
    try tmux.wait(for: "all of this folder: 1 file")
    try tmux.press("<Down>")
    try tmux.wait(for: "chat.yaml   1 route")
    try tmux.press("<Enter>")
    try Self.edit(tmux, saving: "live/chat.yaml")
    #expect(sandbox.file("live/chat.yaml") == Self.replacing("100     #", "70     #"))
    try tmux.leave()
  }

  @Test("an object is edited as text; comments and the rest of the file stay")
  func asText() throws {
    let sandbox = try Sandbox()
    try sandbox.write("chat.yaml", Self.chat)
    try sandbox.write("editor", "sed -i 's/weight: 1$/weight: 2/' \"$1\"\n")
    let tmux = try Tmux.wizard(
      "chat.yaml", in: sandbox, columns: 120, rows: 40,
      environment: ["EDITOR": "sh \(sandbox.full("editor"))"])
    try tmux.press("<C-t>route.spec.rules[0].backendRefs[1].weight<Enter>")
    try tmux.wait(for: "route.spec.rules[0].backendRefs[1].weight")
    try tmux.press("<Esc>y")
    try tmux.wait(for: "line")
    try tmux.press("<M-v>")
    try tmux.wait(for: "edited text accepted")
    try tmux.press("<C-o>")
    try tmux.wait(for: "weight of azure 1 -> 2")
    try tmux.press("<Enter>")
    try tmux.wait(for: "saved chat.yaml")
    #expect(sandbox.file("chat.yaml") == Self.replacing("weight: 1\n", "weight: 2\n"))
    try tmux.leave()
  }

  @Test("diff tells what changed in words and by line, and exits with 4")
  func diff() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", Self.chat)
    try sandbox.write("b.yaml", Self.replacing("weight: 100     #", "weight: 70     #"))
    try sandbox.write("bad.yaml", "a: [\n")
    let run = try Run(["diff", "a.yaml", "b.yaml"], in: sandbox)
    #expect(run.ending == .exit(4))
    #expect(
      run.output == """
        rule chat-split: weight of openai 100 -> 70

        --- a.yaml
        +++ b.yaml
        @@ -18,7 +18,7 @@
               - {type: Exact, name: x-ai-eg-model, value: gpt-4o}
             backendRefs:
             - name: openai
        -      weight: 100     # most of it
        +      weight: 70     # most of it
             - name: azure
               weight: 1
         ---

        """)
    #expect(try Run(["diff", "a.yaml", "a.yaml"], in: sandbox).ending == .exit(0))
    #expect(try Run(["diff", "a.yaml", "bad.yaml"], in: sandbox).ending == .exit(1))
    #expect(try Run(["diff", "a.yaml", "none.yaml"], in: sandbox).ending == .exit(1))
    #expect(try Run(["diff", "a.yaml"], in: sandbox).ending == .exit(2))
    #expect(try Run(["diff", "a.yaml", "b.yaml", "--force"], in: sandbox).ending == .exit(2))
  }
}
