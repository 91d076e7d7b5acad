package import Resources

extension RouteStatus {
  /// The first problem on top, then the chain, then how to try it.
  package var lines: [StatusLine] {
    (heading + [""]).map { StatusLine($0) } + links.flatMap(lines(of:))
      + entrances.flatMap(\.lines).map { StatusLine($0) }
  }

  private var heading: [String] {
    guard let problem = firstProblem else { return ["\(route) is well"] }
    let state = problem.state == .broken ? "is not well" : "cannot be judged"
    return ["\(route) \(state): \(problem.object)", "  \(problem.words)"]
      + (problem.advice.map { ["  To do: \($0)"] } ?? [])
  }

  private func lines(of link: Link) -> [StatusLine] {
    let told = StatusLine("\(link.state.label) \(link.object): \(link.words)", link.state)
    guard link != firstProblem, let advice = link.advice else { return [told] }
    return [told, StatusLine("     To do: \(advice)")]
  }
}

extension RouteStatus.Entrance {
  fileprivate var lines: [String] {
    ["", "Gateway \(gateway), listener \(listener): \(url ?? "no address yet")"]
      + (curl.map { ["  \($0)"] } ?? [])
  }
}

extension LinkState {
  fileprivate var label: String {
    switch self {
    case .well: "ok  "
    case .broken: "BAD "
    case .unknown: "?   "
    }
  }
}
