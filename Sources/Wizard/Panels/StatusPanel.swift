import Resources
import Screen

/// The status of a route in a cluster, object by object.
package struct StatusPanel: SearchablePanel {
  /// The route that is asked about.
  let route: WatchedRoute
  /// What was done before, on top of the chain.
  private let heading: [StyledLine]
  private var lines = [StyledLine("asking the cluster...", .hint)]
  private var time: String?
  var list = ListBox()
  /// Whether it is asked for.
  var isWaiting = true

  init(_ route: WatchedRoute, after heading: [StyledLine] = []) {
    self.route = route
    self.heading = heading
  }

  var panel: AnyPanel { .status(self) }

  /// Takes what is known now; `isOver` is said where nothing more is asked.
  mutating func take(_ report: StatusReport, isOver: Bool) {
    lines = report.lines.map { StyledLine($0.text, Self.role(of: $0.state)) }
    time = report.time
    isWaiting = !isOver
  }

  private static func role(of state: LinkState?) -> Role {
    switch state {
    case .well: .success
    case .broken: .error
    case .unknown: .warning
    case nil: .plain
    }
  }

  /// All that it shows.
  var texts: [String] { (heading + lines).map(\.text) }

  private func lines(_ columns: Int) -> [StyledLine] {
    (heading + lines).flatMap { line in
      line.text.wrapped(columns).map { StyledLine(String($0), line.role) }
    }
  }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let count = lines(ListBox.columns(of: context.size)).count
    switch input {
    case .key(.enter): return .close
    case .key(let key):
      if let response = search(by: key) { return response }
      list.move(key, count: count)
    case .paste: return .refusePaste
    case .click(let index): list.selection = index
    case .wheel(let steps): list.turn(steps, count: count)
    }
    return .stay
  }

  func texts(in context: Context) -> [String] {
    lines(ListBox.columns(of: context.size)).map(\.text)
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let state = isWaiting ? "watching, Esc closes" : "Esc closes"
    let place = "\(route.namespace)/\(route.name) in \(route.cluster)"
    list.draw(
      lines(ListBox.columns(of: frame.size)),
      .init(
        title: ([place] + [time, state].compactMap(\.self)).joined(separator: ", "),
        hints: ["; / searches"]), &frame, &viewport)
  }
}
