import Kinds
import Manifest
import RouteForm
import Screen

extension Wizard {
  /// Whether a field's text can be typed into: one line of it, and not a list or mapping in its
  /// place.
  func isTypable(_ address: Address) -> Bool {
    guard isText(address) else { return false }
    if model.form.drafts[address] != nil { return true }
    guard let value = model.form.value(at: address) else { return true }
    guard let text = value.scalar?.text else { return false }
    return !text.utf8.contains(UInt8(ascii: "\n"))
  }

  /// Lets keys type into a field, where they can.
  mutating func edit(_ address: Address) {
    model.isEditing = isTypable(address)
    if isText(address), !model.isEditing {
      model.message = StyledLine(
        "this is more than a line of text; \(keymap.way(to: .editor)) edits it", .warning)
    }
  }

  /// Gives $EDITOR the focused field's text, or as YAML what is no text, or a whole object.
  mutating func editOutside() -> [Effect] {
    guard let edited = editable else {
      model.message = StyledLine("nothing here can be edited in $EDITOR", .warning)
      return []
    }
    model.edited = edited
    if let refused = model.refused, refused.edited == edited { return [.editText(refused.text)] }
    switch edited {
    case .text(let address): return [.editText(model.form.text(at: address))]
    case .yaml(let address):
      var printer = Printer()
      let node = model.form.value(at: address) ?? .null
      var bytes = printer.listing(of: [node]).bytes
      // The editor's text gets its last line's end back.
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      return [.editText(String(decoding: bytes, as: UTF8.self))]
    }
  }

  private var editable: Edited? {
    switch model.focus {
    case .field(let address):
      if case nil = model.form.value(at: address)?.scalar, model.form.drafts[address] == nil,
        model.form.value(at: address) != nil
      {
        return .yaml(address)
      }
      return isText(address) ? .text(address) : nil
    case .yaml(let line):
      return address(ofLine: line).map { .yaml(Address($0.object, .root)) }
    case .jump(let number):
      return page.target(of: number).map { .yaml(Address($0.object, .root)) }
    case .button: return nil
    }
  }

  /// The text as the editor left it.
  mutating func takeEdited(_ text: String?) -> [Effect] {
    defer { model.edited = nil }
    guard var text, let edited = model.edited else {
      model.message = StyledLine("the editor gave nothing back", .warning)
      return []
    }
    model.refused = nil
    switch edited {
    case .text(let address):
      let isLong = model.form.text(at: address).utf8.contains(UInt8(ascii: "\n"))
      if isLong {
        if text.last?.isNewline ?? false { text.removeLast() }
        perform(.replace(address, .string(text)))
      } else {
        takeLine(text, for: address)
      }
    case .yaml(let address): takeYAML(text, for: address)
    }
    return []
  }

  private mutating func takeLine(_ text: String, for address: Address) {
    var line = Substring(text)
    while line.last?.isNewline ?? false { line.removeLast() }
    var editor = LineEditor()
    editor.insert(String(line))
    if model.focus == .field(address) { model.editor = editor }
    model.history.record(now, .single)
    model.history.close()
    model.form.type(editor.text, at: address)
  }

  private mutating func takeYAML(_ text: String, for address: Address) {
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
      model.refused = (.yaml(address), text)
      model.message = StyledLine(
        "not taken, \(refusal); \(keymap.way(to: .editor)) goes on with your text", .error)
      return
    }
    let value = parsed.documents.first?.root
    guard value != model.form.value(at: address) else {
      model.message = StyledLine("nothing was changed")
      return
    }
    perform(.replace(address, value))
    model.message = StyledLine(
      "taken over from the editor (\(keymap.way(to: .undo)) undoes it)", .success)
  }
}
