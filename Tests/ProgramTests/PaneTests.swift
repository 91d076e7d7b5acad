import Testing

/// What stands beside the form, and what is told at the foot, in a terminal.
@Suite struct PaneTests {
  @Test("200 by 60 shows Explain, Problems and Simulate together; smaller screens what fits")
  func panes() throws {
    let tmux = try Tmux.wizard("--recipe weighted-split", in: Sandbox(), columns: 200, rows: 60)
    try tmux.go("route.metadata.name")
    try tmux.press("llm")
    try tmux.go("route.spec.parentRefs[0].name")
    try tmux.press("gw")
    let wide = try tmux.wait(for: "Gateway default/gw, virtual host *")
    for words in ["EXPLAIN", "PROBLEMS", "SIMULATE", "200: rule 1 (gpt-4o)"] {
      #expect(wide.contains(words), "\(words)")
    }
    try tmux.resize(columns: 120, rows: 40)
    try tmux.wait(for: "[Explain]  Problems")
    try tmux.press("<M-t>")
    try tmux.wait(for: "Simulate: what becomes of a request")
    try tmux.press("<Escape>")
    try tmux.wait(for: "[Simulate]  Diff")
    try tmux.resize(columns: 30, rows: 10)
    try tmux.wait(for: "too small")
    try tmux.resize(columns: 80, rows: 24)
    try tmux.wait(for: "> gw ")
  }

  @Test("what was done is named behind the focus")
  func told() throws {
    let tmux = try Tmux.wizard("--recipe weighted-split", in: Sandbox(), columns: 120, rows: 40)
    try tmux.go("route.spec.rules[0].backendRefs[0].weight")
    try tmux.press("<Tab><S-Tab>70<C-_>")
    try tmux.wait(for: "undone: rule 1 (gpt-4o): weight of openai-backend 80 -> 70")
    try tmux.press("<C-r>")
    try tmux.wait(for: "redone: rule 1 (gpt-4o): weight of openai-backend 80 -> 70")
    try tmux.press("<C-g>add-backend<Enter>")
    let screen = try tmux.wait(for: "added backend 3")
    #expect(Tmux.place(on: screen) == "route.spec.rules[0].backendRefs[2].name")
  }

  @Test("letters that the locale lacks are refused in words, typed or pasted")
  func refused() throws {
    let tmux = try Tmux.wizard(
      "--recipe single-model", in: Sandbox(), columns: 120, rows: 40, environment: ["LC_ALL": "C"])
    try tmux.go("route.spec.rules[0].backendRefs[0].modelNameOverride")
    try tmux.type(bytes: [0x61, 0xc3, 0xa9, 0x62])
    try tmux.wait(for: "ignored: this locale supports only ASCII characters")
    try tmux.wait(for: "modelNameOverride: ab")
    try tmux.press("c")
    try tmux.wait(until: "the words to go") { !$0.contains("ignored:") }
    try tmux.wait(for: "modelNameOverride: abc")
  }
}
