import Testing

/// Files so large that what follows from them takes a while.
@Suite struct LargeFileTests {
  /// A route, and above four megabytes of other objects behind it.
  private static func manifests(in sandbox: Sandbox) throws -> String {
    let route = try Run(
      [
        "render", "--recipe", "single-model", "--set", "route.metadata.name=r", "--set",
        "route.spec.parentRefs[0].name=gw",
      ], in: sandbox)
    let note = String(repeating: "x", count: 2000)
    let others = (0..<2200).map { number in
      """
      ---
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIServiceBackend
      metadata: {name: b\(number), namespace: default, annotations: {note: \(note)}}
      spec: {schema: {name: OpenAI}, backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: b}}

      """
    }
    return route.output + others.joined()
  }

  /// The wizard with a large file, at the name of its route, where keys were pressed.
  private static func typing(_ keys: String) throws -> Tmux {
    let sandbox = try Sandbox()
    try sandbox.write("large.yaml", manifests(in: sandbox))
    let tmux = try Tmux.wizard("large.yaml", in: sandbox, columns: 120, rows: 40)
    try tmux.wait(for: "8 Review & save")
    try tmux.go("route.metadata.name")
    try tmux.press(keys)
    return tmux
  }

  @Test("keys are taken while what was typed into a large file is judged, and its problems follow")
  func judging() throws {
    let tmux = try Self.typing("<End>_a")
    // While it is judged, or just after, the next key is taken.
    try tmux.wait(until: "the judging") { $0.contains("checking: ") || $0.contains("1 error") }
    try tmux.press("b")
    try tmux.wait(until: "the problem of all that was typed") {
      $0.contains("r_ab") && $0.contains("1 error") && !$0.contains("checking: ")
    }
    try tmux.press("<Tab>")
    try tmux.wait(for: "use lower-case letters")
  }

  @Test("to save waits until what was typed into a large file is judged, and keys go on meanwhile")
  func savingWaits() throws {
    let tmux = try Self.typing("<End>_a<C-o>b")
    try tmux.wait(until: "the dialog, with the error of all that was typed") {
      $0.contains("Save with errors?") && $0.contains("There is 1 error")
    }
    try tmux.press("<Enter>")
    try tmux.wait(until: "the field with the error") {
      !$0.contains("Save with errors?") && $0.contains("[r_ab ")
    }
  }

  @Test("in lines a large file is opened, checked and written too")
  func lines() throws {
    let sandbox = try Sandbox()
    let text = try Self.manifests(in: sandbox)
    try sandbox.write("large.yaml", text)
    let run = try Run(
      ["--linear", "large.yaml"], in: sandbox, input: ":step 1\n10Mi\n:save\n\n")
    #expect(run.ending == .exit(0), "\(run.output.suffix(2000))")
    #expect(
      sandbox.file("large.yaml") == text.replacing("bufferLimit: 50Mi", with: "bufferLimit: 10Mi"))
  }
}
