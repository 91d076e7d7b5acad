import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// Gives $EDITOR the focused field's text, or as YAML what is no text, or a whole object.
  mutating func editOutside() -> [Effect] {
    guard let edited = context.editable else {
      message = StyledLine("nothing here can be edited in $EDITOR", .warning)
      return []
    }
    workspace.edited = edited
    if let refused = workspace.refused, refused.edited == edited {
      return [.editText(refused.text)]
    }
    switch edited {
    case .text(let address): return [.editText(workspace.form.text(at: address))]
    case .yaml(let address):
      var printer = Printer()
      let node = workspace.form.value(at: address) ?? .null
      var bytes = printer.print([node]).bytes
      // The editor's text gets its last line's end back.
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      return [.editText(String(decoding: bytes, as: UTF8.self))]
    }
  }

  /// The text as the editor left it.
  mutating func handleEdited(_ text: String?) -> [Effect] {
    defer { workspace.edited = nil }
    guard var text, let edited = workspace.edited else {
      message = StyledLine("the editor returned no text", .warning)
      return []
    }
    workspace.refused = nil
    switch edited {
    case .text(let address):
      let isLong = workspace.form.text(at: address).utf8.contains(UInt8(ascii: "\n"))
      if isLong {
        if text.last?.isNewline ?? false { text.removeLast() }
        perform(.replace(address, .string(text)))
      } else {
        setLine(text, for: address)
      }
    case .yaml(let address): setYAML(text, for: address)
    }
    return []
  }

  private mutating func setLine(_ text: String, for address: Address) {
    var line = Substring(text)
    while line.last?.isNewline ?? false { line.removeLast() }
    var editor = LineEditor()
    editor.insert(String(line))
    if navigation.focus == .field(address) { navigation.editor = editor }
    workspace.history.record(now, .single)
    workspace.history.close()
    workspace.form.type(editor.text, at: address)
  }

  private mutating func setYAML(_ text: String, for address: Address) {
    let parsed = Parser().parse(Array(text.utf8))
    var refusal: String?
    if let problem = parsed.problems.first(where: { $0.severity == .error }) {
      refusal = "line \(problem.line): \(problem.message)"
    } else if parsed.documents.count > 1 {
      refusal = "line \(parsed.documents[1].start.line): only one document can stand here"
    } else if address.path.isRoot, parsed.documents.first?.root.entries.isEmpty ?? true {
      refusal = "line 1: a manifest is a mapping with apiVersion and kind"
    }
    if let refusal {
      workspace.refused = (.yaml(address), text)
      message = StyledLine(
        "not accepted (\(way(to: .editor)) continues with your text): \(refusal)", .error)
      return
    }
    let value = parsed.documents.first?.root
    guard value != workspace.form.value(at: address) else {
      message = StyledLine("nothing was changed")
      return
    }
    perform(.replace(address, value))
    message = StyledLine(
      "edited text accepted (\(way(to: .undo)) undoes it)", .success)
  }
}

extension Context {
  /// What can be edited as text where the focus is.
  var editable: EditorTarget? {
    switch navigation.focus {
    case .field(let address):
      if case nil = workspace.form.value(at: address)?.scalar,
        workspace.form.invalidTexts[address] == nil,
        workspace.form.value(at: address) != nil
      {
        return .yaml(address)
      }
      return workspace.isText(address) ? .text(address) : nil
    case .yaml(let line):
      return address(ofLine: line).map { .yaml(Address($0.object, .root)) }
    case .jump(let number):
      return page.target(of: number).map { .yaml(Address($0.object, .root)) }
    case .button, .toggle: return nil
    }
  }
}
