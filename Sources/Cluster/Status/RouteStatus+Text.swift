import Resources

extension RouteStatus {
  /// A line of the report.
  package struct Line: Hashable, Sendable {
    package let text: String
    /// How the link of the chain fares that it tells of; nil where it tells of none.
    package let state: State?
  }

  /// The first problem on top, then the chain, then how to try it.
  package var lines: [Line] {
    (heading + [""]).map { Line(text: $0, state: nil) } + links.flatMap(lines(of:))
      + entrances.flatMap(\.lines).map { Line(text: $0, state: nil) }
  }

  private var heading: [String] {
    guard let problem = firstProblem else { return ["\(route) is well"] }
    let state = problem.state == .broken ? "is not well" : "cannot be judged"
    return ["\(route) \(state): \(problem.object)", "  \(problem.words)"]
      + (problem.advice.map { ["  To do: \($0)"] } ?? [])
  }

  private func lines(of link: Link) -> [Line] {
    let told = Line(text: "\(link.state.label) \(link.object): \(link.words)", state: link.state)
    guard link != firstProblem, let advice = link.advice else { return [told] }
    return [told, Line(text: "     To do: \(advice)", state: nil)]
  }
}

extension RouteStatus.Entrance {
  fileprivate var lines: [String] {
    ["", "Gateway \(gateway), listener \(listener): \(url ?? "no address yet")"]
      + (curl.map { ["  \($0)"] } ?? [])
  }
}

extension RouteStatus.State {
  fileprivate var label: String {
    switch self {
    case .well: "ok  "
    case .broken: "BAD "
    case .unknown: "?   "
    }
  }
}
