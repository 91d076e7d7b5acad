import Foundation
import Schemas
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

/// A user without a terminal: presses keys by name and looks at the screen.
struct Robot {
  var wizard: Wizard
  var effects: [Effect] = []

  init(
    _ recipe: Recipe = .blank, size: Size = Size(rows: 24, columns: 80), output: String? = nil,
    for release: Release = .current
  ) {
    var form = recipe.form
    form.release = release
    wizard = Wizard(
      Wizard.Start(form: form, asks: false, output: Output(path: output), size: size))
  }

  /// Presses keys: `abc<Tab><C-t>` types abc, then Tab, then Ctrl-T. `<lt>` is `<`.
  mutating func press(_ script: String) {
    var rest = script[...]
    while let first = rest.popFirst() {
      guard first == "<", let end = rest.firstIndex(of: ">") else {
        send(.key(.text(String(first))))
        continue
      }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      send(.key(Self.key(name)))
    }
  }

  mutating func send(_ input: Input) {
    effects += wizard.handle(.input(input))
    _ = wizard.settle()
    if wizard.isPostponing { effects += wizard.handle(.lintFinished) }
  }

  private static func key(_ name: String) -> Key {
    if name.hasPrefix("C-"), let letter = name.last { return .control(letter) }
    if name.hasPrefix("M-"), let letter = name.last { return .alt(letter) }
    let names: [String: Key] = [
      "Tab": .tab, "S-Tab": .backtab, "Enter": .enter, "Esc": .escape, "BS": .backspace,
      "Del": .delete, "Ins": .insert, "Up": .up, "Down": .down, "Left": .left, "Right": .right,
      "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown, "lt": .text("<"),
      "Space": .text(" "),
    ]
    return names[name] ?? .text("<\(name)>")
  }

  /// Goes to a field by its path.
  mutating func go(_ path: String) { press("<C-t>\(path)<Enter>") }

  var screen: String {
    mutating get {
      _ = wizard.settle()
      return wizard.frame().text
    }
  }

  var yaml: String { wizard.workspace.analysis.printedText.text }
  var form: FormState { wizard.workspace.form }

  func text(_ path: String) -> String { form.text(at: address(path)) }

  /// The address of a path; the route itself for what is no path.
  func address(_ path: String) -> Address { Address(path) ?? Address(.route, .root) }

  /// Runs a command by its exact name.
  mutating func run(_ command: String) { press("<C-g>\(command)<Enter>") }

  /// Answers the open dialog by the beginning of a button's title.
  mutating func choose(_ title: String) {
    for _ in 0..<9 {
      guard case .dialog(let dialog)? = wizard.panels.top else { break }
      if dialog.choices[dialog.selection].title.hasPrefix(title) {
        press("<Enter>")
        return
      }
      press("<Tab>")
    }
    Issue.record("no answer \(title)")
  }

  /// The backends of the first rule.
  var names: [String] {
    form.rules[0]["backendRefs"]?.items.map { $0["name"]?.text ?? "" } ?? []
  }

  /// Whether a button is focused whose title begins so.
  func isOn(button title: String) -> Bool {
    wizard.page.button(of: wizard.navigation.focus)?.title.hasPrefix(title) ?? false
  }

  /// The effects since the last look.
  mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  /// The place on screen of the first row that holds a text.
  mutating func place(of text: String) -> (row: Int, column: Int)? {
    let frame = wizard.frame()
    for row in 0..<frame.size.rows {
      let line = frame.text(row: row)
      if let range = line.range(of: text) {
        return (row, line.distance(from: line.startIndex, to: range.lowerBound))
      }
    }
    return nil
  }

  /// The line of the YAML that has the focus.
  var yamlLine: String {
    guard case .yaml(let line) = wizard.navigation.focus else { return "" }
    return String(decoding: wizard.workspace.analysis.printedText.line(line), as: UTF8.self)
  }

  /// Everything that must hold at any moment and does not.
  var faults: [String] {
    mutating get {
      var faults: [String] = []
      let documents = Parser().parse(wizard.workspace.analysis.printedText.bytes)
      if documents.hasErrors || documents.documents.map(\.root) != form.documents {
        faults.append("the YAML does not read back as the documents")
      }
      if wizard.workspace.analysis.documents != form.documents {
        faults.append("the YAML is not current")
      }
      let navigation = wizard.navigation
      if case .yaml(let line) = navigation.focus {
        let count = wizard.context.panePrintedText.lineCount
        if line < 0 || line >= max(1, count) { faults.append("no line \(line) of \(count)") }
      } else if wizard.page.position(of: navigation.focus) == nil {
        faults.append("the focus \(navigation.focus) is not on the page of \(navigation.step)")
      }
      if navigation.rule < 0 || navigation.rule >= max(1, form.rules.count) {
        faults.append("rule \(navigation.rule) of \(form.rules.count)")
      }
      return faults + frameFaults
    }
  }

  private var frameFaults: [String] {
    mutating get {
      var faults: [String] = []
      let frame = wizard.frame()
      if frame.size != wizard.size { faults.append("the frame is \(frame.size)") }
      let isControl: (Unicode.Scalar) -> Bool = {
        $0.value < 0x20 || (0x7f..<0xa0).contains($0.value)
      }
      for row in 0..<frame.size.rows
      where frame.text(row: row).unicodeScalars.contains(where: isControl) {
        faults.append("a control character in row \(row)")
      }
      if frame.size.rows == 0 || frame.size.columns == 0 { return faults }
      guard let cursor = frame.cursor else { return faults + ["no cursor"] }
      if cursor.row < 0 || cursor.row >= frame.size.rows || cursor.column < 0
        || cursor.column >= frame.size.columns
      {
        faults.append("the cursor is at \(cursor)")
      }
      return faults
    }
  }

  /// Answers the last reading as the program would: every file holds the same.
  mutating func answer(_ content: FileContent.Content) {
    guard case .read(let paths, let purpose)? = effects.last else { return }
    effects.removeLast()
    effects += wizard.handle(
      .read(paths.map { FileContent(path: $0, content: content) }, purpose))
  }

  /// Writes what was last asked to be written.
  mutating func succeed() {
    guard case .write(let files)? = effects.last else { return }
    effects.removeLast()
    effects += wizard.handle(
      .wrote(files.map { WriteResult(path: $0.path, bytes: $0.bytes, failure: nil) }))
  }
}
