import Schemas
import YAML
import Screen
import Simulation

/// The request that the Simulate panel asks about, as it was typed.
package struct SimulatorForm: Hashable, Sendable {
  /// What a line of the panel asks for.
  enum Part: CaseIterable, Sendable {
    case model, header, host, path, method, size, down
  }

  struct Line: Hashable, Sendable {
    let part: Part
    var editor = LineEditor()
  }

  /// What stands below the lines.
  enum Button: CaseIterable, Sendable {
    case save, close

    var title: String {
      switch self {
      case .save: "Save as a case"
      case .close: "Close"
      }
    }
  }

  /// One for each part; of headers one more than are set.
  private(set) var lines = Part.allCases.map { Line(part: $0) }
  /// Where keys go: a line, or behind the last one a button.
  private(set) var focusIndex = 0
  /// The first line shown of the answer.
  var top = 0

  /// A request has no more headers than these.
  private static let mostHeaders = 16

  /// A simulation without anything typed.
  package init() {}

  /// The request that a rule's first match asks for, as far as it is Exact.
  init(for rule: Node) {
    for header in rule["matches"]?[0]?["headers"]?.items ?? [] {
      guard header["type"]?.text ?? "Exact" == "Exact", let name = header["name"]?.text,
        let value = header["value"]?.text
      else { continue }
      if name.lowercased() == WellKnown.modelHeader {
        lines[0].editor = LineEditor(value)
      } else if let last = lines.lastIndex(where: { $0.part == .header }) {
        lines[last].editor = LineEditor("\(name): \(value)")
        growHeaders()
      }
    }
  }

  var isUntouched: Bool { lines.allSatisfy(\.editor.isEmpty) }

  var button: Button? {
    let number = focusIndex - lines.count
    return Button.allCases.indices.contains(number) ? Button.allCases[number] : nil
  }

  // MARK: Typing

  /// Lets a key edit the line that has the focus; whether it did.
  mutating func handle(_ key: Key) -> Bool {
    guard lines.indices.contains(focusIndex), lines[focusIndex].editor.handle(key) else {
      return false
    }
    growHeaders()
    top = 0
    return true
  }

  mutating func paste(_ text: String) {
    guard lines.indices.contains(focusIndex) else { return }
    lines[focusIndex].editor.insert(text)
    growHeaders()
    top = 0
  }

  /// Goes to a line or button, from 0.
  mutating func move(to wanted: Int) {
    let count = lines.count + Button.allCases.count
    focusIndex = (wanted % count + count) % count
    dropHeaders()
    selectText()
  }

  /// Selects what stands in the line that has the focus, so that typing replaces it.
  mutating func selectText() {
    if lines.indices.contains(focusIndex) { lines[focusIndex].editor.select() }
  }

  /// Keeps an empty line for one more header.
  private mutating func growHeaders() {
    guard let last = lines.lastIndex(where: { $0.part == .header }), !lines[last].editor.isEmpty,
      lines.count(where: { $0.part == .header }) < SimulatorForm.mostHeaders
    else { return }
    lines.insert(Line(part: .header), at: last + 1)
  }

  /// Drops the empty header lines before the last one, but not that of the focus.
  private mutating func dropHeaders() {
    guard let last = lines.lastIndex(where: { $0.part == .header }) else { return }
    for index in lines.indices[..<last].reversed()
    where lines[index].part == .header && lines[index].editor.isEmpty && index != focusIndex {
      lines.remove(at: index)
      if focusIndex > index { focusIndex -= 1 }
    }
  }

  // MARK: What it asks

  private func text(_ part: Part) -> String? {
    lines.first { $0.part == part }.flatMap { $0.editor.isEmpty ? nil : $0.editor.text }
  }

  /// The request; what cannot be read of it is left out, as `problems` say.
  var request: Request {
    var request = Request(model: text(.model))
    request.host = text(.host)
    if let path = text(.path) { request.path = path }
    if let method = text(.method) { request.method = method.uppercased() }
    request.size = text(.size).flatMap(Request.size)
    for line in lines where line.part == .header {
      if let header = Request.Header(line.editor.text) { request.headers.append(header) }
    }
    return request
  }

  /// The backends that are taken to be down.
  var down: Set<String> {
    Set((text(.down) ?? "").split { $0 == "," || $0 == " " }.map(String.init))
  }

  /// What cannot be read, in words.
  var problems: [String] {
    var problems: [String] = []
    for line in lines where !line.editor.isEmpty {
      let text = line.editor.text
      switch line.part {
      case .header where Request.Header(text) == nil:
        problems.append("\(text) is not a header yet: use NAME: VALUE")
      case .size where Request.size(text) == nil:
        problems.append("\(text) is not a size: use bytes such as 40000 or 1Mi")
      case .path where !text.hasPrefix("/"):
        problems.append("\(text) is not a path: use one such as \(Request.chat)")
      case .model, .header, .host, .path, .method, .size, .down: break
      }
    }
    return problems
  }
}

extension SimulatorForm.Part {
  var label: String {
    switch self {
    case .model: "Model"
    case .header: "Header"
    case .host: "Host"
    case .path: "Path"
    case .method: "Method"
    case .size: "Body size"
    case .down: "Down"
    }
  }

  /// What holds while the line is empty.
  var placeholder: String {
    switch self {
    case .model: "none"
    case .header: "NAME: VALUE"
    case .host: "any"
    case .path: Request.chat
    case .method: "POST"
    case .size: "any"
    case .down: "backends, with commas"
    }
  }
}
