import Foundation
import Testing

/// What looks like a credential, and what a Secret holds, is on no screen, in no draft and no trace.
@Suite struct HiddenCredentialTests {
  private static let key = "sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1"
  private static let place = "route.spec.rules[0].backendRefs[0].modelNameOverride"

  /// Waits until a draft is there without some words.
  private static func expectDraft(
    without words: [String], in sandbox: Sandbox, _ tmux: Tmux,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = Deadline()
    func leaks() -> [String] {
      let texts = sandbox.drafts.compactMap(sandbox.file)
      return texts.isEmpty
        ? ["no draft"] : words.filter { word in texts.contains { $0.contains(word) } }
    }
    while !leaks().isEmpty, deadline.left > 0 { _ = try tmux.screen() }
    #expect(leaks().isEmpty, sourceLocation: sourceLocation)
  }

  @Test(
    "a typed one is hidden at once, and is in the draft no longer once typing rests",
    arguments: [
      key, "sk-proj-Ab3dEf6hIj9l<Left><Right>Mn2pQr5tUv8xYz1",
      "sk-proj-Ab3dEf6hIj9lMx<BSpace>n2pQr5tUv8xYz1",
    ])
  func typed(keys: String) throws {
    let sandbox = try Sandbox()
    let victim = try WizardProcess("--recipe split -o out.yaml --trace keys.trace", in: sandbox)
    let tmux = victim.tmux
    try tmux.go(Self.place)
    try tmux.press(keys)
    let screen = try tmux.wait(until: "the masked text and an edit") {
      $0.contains("***") && $0.contains(/undo \d\/\d +draft saved/)
    }
    #expect(!screen.contains("Ab3dEf6h") && !screen.contains("Qr5tUv8x"))
    try Self.expectDraft(without: ["Ab3dEf6h", "Qr5tUv8x"], in: sandbox, tmux)
    #expect(sandbox.drafts.count == 1)
    // What follows is kept as ever.
    try tmux.fill("route.metadata.name", "mine")
    try tmux.press("<C-v>")
    try tmux.wait(for: "draft saved")
    // Its new name is taken first, by an empty file, then it gets it.
    let deadline = Deadline()
    while sandbox.drafts.map({ URL(filePath: $0).lastPathComponent }) != ["mine.draft"],
      deadline.left > 0
    { _ = try tmux.screen() }
    try victim.kill()
    let trace = try #require(sandbox.file("keys.trace"))
    #expect(trace.contains("control t\n") && trace.contains("***"))
    #expect(!trace.contains("Ab3dEf6h") && !trace.contains("Qr5tUv8x"), "\(trace)")
    let run = try sandbox.manifests(of: sandbox.drafts[0])
    #expect(run.output.contains("***") && !run.output.contains("Ab3dEf6h"))
    #expect(run.output.contains("name: mine"))
    #expect(run.errors.contains("*** stands for what looked like a credential"))
    let again = try Tmux.wizard("recover 1", in: sandbox)
    try again.wait(for: "type the credential at *** again")
  }

  @Test("what is saved has it, and the message on leaving does not")
  func saved() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard("\(SavingTests.complete) -o out.yaml", in: sandbox)
    try tmux.go(Self.place)
    try tmux.press(Self.key)
    try tmux.wait(for: "1 error")
    try tmux.press("<C-o>")
    try tmux.wait(for: "< Cancel >")
    try tmux.press("<Tab><Enter>")
    try tmux.wait(for: "saved out.yaml")
    #expect(sandbox.file("out.yaml")?.contains(Self.key) == true)
    #expect(sandbox.drafts.isEmpty)
    let last = try tmux.leave()
    #expect(last.contains("***") && !last.contains("Ab3dEf6h"))
  }

  private static let opened = """
    apiVersion: v1
    kind: Secret
    metadata: {name: s, namespace: team-a}
    stringData:
      apiKey: hunter2hunter2
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata:
      name: chat
      namespace: team-a
    spec:
      parentRefs:
        - name: gw
          kind: Gateway
          group: gateway.networking.k8s.io
      rules:
        - backendRefs:
            - name: a
              weight: 100
              headerMutation:
                set:
                  - name: x-key
                    value: \(key)
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: t, namespace: team-a}
    data: {apiKey: aHVudGVyMg==}

    """

  @Test("those of an opened file are shown nowhere, kept in no draft, and come back from the file")
  func ofFile() throws {
    let sandbox = try Sandbox()
    let secrets = [Self.key, "hunter2", "aHVudGVyMg"]
    try sandbox.write("chat.yaml", Self.opened)
    let victim = try WizardProcess("chat.yaml", in: sandbox)
    let tmux = victim.tmux
    #expect(!secrets.contains { (try? tmux.screen())?.contains($0) ?? true })
    try tmux.fill("route.spec.rules[0].backendRefs[0].weight", "70")
    try tmux.press("<C-o>")
    let dialog = try tmux.wait(for: "< Cancel >")
    #expect(dialog.contains("70") && !secrets.contains { dialog.contains($0) })
    try tmux.press("<Esc>")
    try tmux.wait(until: "the dialog to close") { !Tmux.place(on: $0).isEmpty }
    try Self.expectDraft(without: secrets, in: sandbox, tmux)
    try victim.kill()
    let again = try Tmux.wizard("recover chat", in: sandbox)
    try again.wait(for: "^G Help")
    try again.press("<C-o>")
    try again.wait(for: "< Cancel >")
    try again.press("<Tab><Enter>")
    try again.wait(for: "saved chat.yaml")
    #expect(sandbox.file("chat.yaml") == Self.opened.replacing("weight: 100", with: "weight: 70"))
    try again.leave()
  }
}
