package import Resources

extension RouteStatus {
  /// The first problem on top, then the chain, then how to try it.
  package var lines: [StatusLine] {
    (heading + [""]).map { StatusLine($0) } + links.flatMap(lines(of:))
      + gatewayAddresses.flatMap(\.lines).map { StatusLine($0) }
  }

  private var heading: [String] {
    guard let problem = firstProblem else { return ["\(route) is ready"] }
    let state = problem.state == .broken ? "has a problem" : "has an unknown status"
    return ["\(route) \(state): \(problem.object)", "  \(problem.message)"]
      + (problem.advice.map { ["  To do: \($0)"] } ?? [])
  }

  private func lines(of link: Link) -> [StatusLine] {
    let line = StatusLine("\(link.state.label) \(link.object): \(link.message)", link.state)
    guard link != firstProblem, let advice = link.advice else { return [line] }
    return [line, StatusLine("     To do: \(advice)")]
  }
}

extension RouteStatus.GatewayAddress {
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
