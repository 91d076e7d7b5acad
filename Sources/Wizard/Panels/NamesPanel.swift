import RouteForm
import Screen

/// What a field may name, from opened files and from the cluster.
package struct NamesPanel: Panel {
  private let address: Address
  private let names: [FormState.KnownName]
  private var list = FilteredList()

  init(_ address: Address, _ names: [FormState.KnownName]) {
    self.address = address
    self.names = names
  }

  var panel: AnyPanel { .names(self) }

  private func found(_ text: String) -> [FormState.KnownName] {
    names.filter { text.isEmpty || $0.line.lowercased().holds(text.lowercased()) }
  }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let (address, found) = (address, found)
    return list.handle(input, found: found) { name in
      name.map { .command(.useName(address, $0)) } ?? .stay
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(
      "\(address)", found(list.text).map { StyledLine($0.line) }, &frame, &viewport)
  }
}

extension FormState.KnownName {
  fileprivate var line: String {
    [name, namespace.map { "in \($0)" }, note].compactMap(\.self).joined(separator: "  ")
  }
}

extension String {
  /// Whether a text is part of it.
  func holds(_ text: String) -> Bool {
    let (bytes, wanted) = (Array(utf8), Array(text.utf8))
    return bytes.count >= wanted.count
      && (0...(bytes.count - wanted.count)).contains {
        bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
      }
  }
}
